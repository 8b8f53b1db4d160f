package checksum

/*
#cgo LDFLAGS: -lz
#include <stdlib.h>
#include <zlib.h>
*/
import "C"

import "unsafe"

// CRC32 is zlib's checksum of a text.
func CRC32(text string) uint32 {
	c := C.CString(text)
	defer C.free(unsafe.Pointer(c))
	return uint32(C.crc32(0, (*C.Bytef)(unsafe.Pointer(c)), C.uInt(len(text))))
}
