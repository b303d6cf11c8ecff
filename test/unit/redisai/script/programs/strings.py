# Methods and operators of texts.


def split_1():
    return "a,b,c".split(",")  # = ["a", "b", "c"]

def split_2():
    return " a  b ".split()  # = ["a", "b"]

def split_3():
    return "a,b,c".split(",", 1)  # = ["a", "b,c"]

def rsplit_1():
    return "a,b,c".rsplit(",", 1)  # = ["a,b", "c"]

def split_4():
    return "a b c".split(None, 1)  # = ["a", "b c"]

def join_1():
    return "-".join(["a", "b"])  # = "a-b"

def strip_1():
    return " ab ".strip()  # = "ab"

def strip_2():
    return "xxabxx".strip("x")  # = "ab"

def lstrip_1():
    return " ab ".lstrip()  # = "ab "

def rstrip_1():
    return " ab ".rstrip()  # = " ab"

def lower_1():
    return "aBc".lower()  # = "abc"

def upper_1():
    return "aBc".upper()  # = "ABC"

def title_1():
    return "hello world".title()  # = "Hello World"

def capitalize_1():
    return "hELLO".capitalize()  # = "Hello"

def swapcase_1():
    return "aBc".swapcase()  # = "AbC"

def replace_1():
    return "abcabc".replace("b", "X")  # = "aXcaXc"

def replace_2():
    return "abcabc".replace("b", "X", 1)  # = "aXcabc"

def find_1():
    return "abcabc".find("c")  # = 2

def find_2():
    return "abcabc".find("z")  # = -1

def find_3():
    return "abcabc".find("a", 1)  # = 3

def rfind_1():
    return "abcabc".rfind("c")  # = 5

def index_1():
    return "abcabc".index("b")  # = 1

def rindex_1():
    return "abcabc".rindex("b")  # = 4

def count_1():
    return "abcabc".count("bc")  # = 2

def startswith_1():
    return "abc".startswith("ab")  # = True

def endswith_1():
    return "abc".endswith("bc")  # = True

def isdigit_1():
    return "12".isdigit()  # = True

def isdigit_2():
    return "".isdigit()  # = False

def isdigit_3():
    return "1a".isdigit()  # = False

def isalpha_1():
    return "ab".isalpha()  # = True

def isalnum_1():
    return "a1".isalnum()  # = True

def isspace_1():
    return " ".isspace()  # = True

def isupper_1():
    return "AB".isupper()  # = True

def islower_1():
    return "ab".islower()  # = True

def isdecimal_1():
    return "ab".isdecimal()  # = False

def isnumeric_1():
    return "12".isnumeric()  # = True

def isidentifier_1():
    return "a_1".isidentifier()  # = True

def ljust_1():
    return "ab".ljust(4)  # = "ab  "

def rjust_1():
    return "ab".rjust(4, ".")  # = "..ab"

def center_1():
    return "ab".center(5, "*")  # = "**ab*"

def center_2():
    return "ab".center(4, "*")  # = "*ab*"

def zfill_1():
    return "-5".zfill(4)  # = "-005"

def partition_1():
    return "a=b=c".partition("=")  # = ["a", "=", "b=c"]

def rpartition_1():
    return "a=b=c".rpartition("=")  # = ["a=b", "=", "c"]

def partition_2():
    return "ab".partition("=")  # = ["ab", "", ""]

def splitlines_1():
    return "a\nb\n".splitlines()  # = ["a", "b"]

def value_1():
    return "abc"[0]  # = "a"

def value_2():
    return "abc"[-1]  # = "c"

def value_3():
    return "abc"[1:]  # = "bc"

def value_4():
    return "abc"[::-1]  # = "cba"

def value_5():
    return "abcdef"[1:5:2]  # = "bd"

def len_1():
    return len("abc")  # = 3

def value_6():
    return "b" in "abc"  # = True

def value_7():
    return "z" not in "abc"  # = True

def value_8():
    return "a" + "b"  # = "ab"

def value_9():
    return "ab" * 2  # = "abab"

def value_10():
    return "a" < "b"  # = True

def value_11():
    return "a" == "a"  # = True

def value_12():
    return "a" != "a"  # = False

def ord_1():
    return ord("a")  # = 97

def chr_1():
    return chr(65)  # = "A"

def format_1():
    return "{} and {}".format(1, "x")  # = "1 and x"

def format_2():
    return "{}".format([1, 2])  # = "[1, 2]"

def value_13():
    return "it's"  # = "it's"

def value_14():
    return 'a"b'  # = "a\"b"

def value_15():
    return "a" "b"  # = "ab"

def value_16():
    return "\t\x41\\"  # = "\tA\\"

def value_17():
    return "tab\there"  # = "tab\there"
