import socket

with socket.socket(socket.AF_UNIX) as client:
    client.connect("\0@NAME@")
    print(client.recv(100).decode())
