module gowrite

go 1.26
