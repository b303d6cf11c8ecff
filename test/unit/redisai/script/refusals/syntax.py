# Scripts that are no Python, or Python beyond the language. Each is refused at the line that says why.
def f(:  # ! expected ident but found ':' here
    return 1
---
import os  # ! expected def but found 'import' here
---
x = 1  # ! expected def but found 'name' here
---
def f(x):
return x  # ! expected an indented block but found 'return' here
---
def f(x):
    return (x]  # ! expected ')' but found ']' here
---
def f(x):
        y = x
    return y  # ! indented as no line above it
---
def f(x):
    y = "abc  # ! this string has no end
---
def f(x):
    return x $ 1  # ! the character "$" is not understood
---
def f(x):
    return lambda y: y  # ! lambda is not in the supported subset (line 2)
---
def f(*args):  # ! a parameter with a star is not in the supported subset (line 1)
    return args
---
def f(x):
    return g(*x)  # ! an argument with a star is not in the supported subset (line 2)
---
def f(x):
    with x:  # ! 'with' here is not in the supported subset (line 2)
        pass
---
def f(x):
    try:  # ! 'try' here is not in the supported subset (line 2)
        pass
---
def f(x):
    del x  # ! 'del' here is not in the supported subset (line 2)
---
def f(x):
    global y  # ! 'global' here is not in the supported subset (line 2)
---
def f(x):
    def g():  # ! 'def' here is not in the supported subset (line 2)
        pass
---
def f(x):
    yield x  # ! 'yield' here is not in the supported subset (line 2)
---
def f(x):
    for i in range(3):
        pass
    else:  # ! else after a loop is not in the supported subset (line 4)
        pass
---
def f(x):
    return {1, 2}  # ! a set is not in the supported subset (line 2)
---
def f(x):
    return sum(i for i in x)  # ! expected ',' but found 'for' here
---
def f(x):
    return [a for b in x for a in b]  # ! a comprehension of more than one clause is not in the supported subset
---
def f(x):
    return f"{x:.2f}"  # ! a format specification in an f-string is not in the supported subset
---
def f(x):
    return f"{x"  # ! a single brace in an f-string
---
def f(x):
    return "\N{DASH}"  # ! the escape \N is not supported
---
def f(x):
    return 99999999999999999999  # ! beyond 2^53
---
class A:  # ! expected def but found 'class' here
    pass
---
@decorated  # ! expected def but found '@' here
def f(x):
    return x
