// The digest by pieces keeps its state in a plain struct: no allocation, no provider to load.
#define OPENSSL_API_COMPAT 0x10101000L
#include <openssl/sha.h>
