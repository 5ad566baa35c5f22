import Matcher
