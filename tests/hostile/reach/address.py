import socket

socket.create_connection(("@ADDRESS@", @PORT@), 1)
