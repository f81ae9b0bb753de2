import socket

socket.create_connection(("@ADDRESS@", int("@PORT@")), 1)
