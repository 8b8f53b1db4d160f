module example.com/ids

go 1.26.8

require (
	github.com/julienschmidt/httprouter v1.3.0
	github.com/rs/xid v1.6.0
)
