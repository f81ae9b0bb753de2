import socket

for place in ("@PLACE@", "/srv"):
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(f"{place}/socket")
            print(client.recv(100).decode())
    except OSError as error:
        print(error)
