module goenv

go 1.26
