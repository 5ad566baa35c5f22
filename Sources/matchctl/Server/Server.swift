import Hummingbird
import HummingbirdTLS
import Matcher
