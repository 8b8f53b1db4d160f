module example.com/status

go 1.24

toolchain go1.26.2
