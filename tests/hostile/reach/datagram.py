import socket

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
    client.sendto(b"who is there?", ("127.0.0.1", int("@PORT@")))
