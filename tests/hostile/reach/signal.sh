kill -9 @PID@ # ? *
