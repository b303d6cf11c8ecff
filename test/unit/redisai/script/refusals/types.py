# Scripts that parse, but whose names or types are wrong. Each is refused at the line that says why.
def f(x):
    return y  # ! undefined value y
---
def f(x):
    return torch.fft(x)  # ! fft is not in the supported subset (line 2)
---
def f(x):
    return torch.fft.rfft(x)  # ! rfft is not in the supported subset (line 2)
---
def f(x):
    return redis.nosuch("x")  # ! redis.nosuch is not in the supported subset (line 2)
---
def f(x):
    return torch.quint8  # ! torch.quint8 is not in the supported subset (line 2)
---
def f(x):
    return x.nosuch()  # ! Unknown builtin op: aten::nosuch
---
def f(x):
    return x.nosuch  # ! the attribute nosuch of Tensor is not in the supported subset (line 2)
---
def f(x):
    return __import__("os")  # ! undefined value __import__
---
def f(x):
    return x.constructor  # ! the attribute constructor of Tensor is not in the supported subset
---
def f(x):
    return torch.zeros("a")  # ! Arguments for call are not valid.
---
def f(x):
    return torch.zeros(2, nosuch=1)  # ! Arguments for call are not valid.
---
def f(x: int):
    return x + "a"  # ! Arguments for call are not valid.
---
def f(x: str):
    return x + 1  # ! Arguments for call are not valid.
---
def f(x: List[int]):
    x.append("a")  # ! Arguments for call are not valid.
---
def f(x: int):
    y: str = x  # ! Variable 'y' is annotated with type str but is being assigned to a value of type int
---
def f(x: int):
    if x > 0:
        x = "a"  # ! Variable 'x' previously had type int but is now being assigned to a value of type str
---
def f(x: int):
    total = 0
    for i in range(x):
        total = total + 0.5  # ! Variable 'total' previously had type int but is now being assigned to a value of type float
---
def f(x: int):
    if x > 0:
        y = 1
    return y  # ! undefined value y (y is not defined in both branches)
---
def f(x: int):
    if x > 0:
        y = 1
    else:
        y = "a"
    return y  # ! undefined value y (y has different types in the two branches)
---
def f(x: int):
    for i in range(x):
        y = i
    return y  # ! undefined value y
---
def f(x: Optional[Tensor]):
    return x + 1  # ! Arguments for call are not valid.
---
def f(x: Optional[Tensor]):
    return x.sum()  # ! check that it is not None first
---
def f(x: Optional[int]):
    while x is not None:
        x = None
    return x + 1  # ! Arguments for call are not valid.
---
def f(x: int):
    if x > 0:
        return 1
    return "a"  # ! Previous return statement returned a value of type int but this return statement returns a value of type str
---
def f(x: int) -> str:
    return x  # ! Return value was annotated as having type str but is actually of type int
---
def f(x: int) -> int:  # ! does not return along all paths
    if x > 0:
        return x
---
def f(x: int):
    return f(x - 1)  # ! function 'f' is called recursively. Recursive calls are not supported
---
def f(x: int):
    return g(x)

def g(x: int):
    return f(x)  # ! function 'f' is called recursively
---
def f(x: int):
    return x

def f(x: str):  # ! method 'f' already defined.
    return x
---
def f(x: int):
    return g(x)  # ! parameter y of g() has type str, but this is int

def g(y: str):
    return y
---
def f(x: int):
    return g(x, 1)  # ! g() takes 1 arguments but 2 were given

def g(y: int):
    return y
---
def f(x: int):
    return g(z=x)  # ! g() has no further parameter z

def g(y: int):
    return y
---
def f():
    return g()  # ! missing value for argument y

def g(y: int):
    return y
---
def f(x: int, x: int):  # ! duplicate parameter x
    return x
---
def f(x: Nosuch):  # ! this type is not in the supported subset
    return x
---
def f(x: Dict[Tensor, int]):  # ! the keys of a dict must be int, float, bool or str
    return x
---
def f(x: List[int, int]):  # ! this type is not in the supported subset
    return x
---
def f(x):
    raise Exception("boom")  # ! undefined value Exception
---
def f(x):
    break  # ! break outside a loop
---
def f(x: Tuple[int, str], i: int):
    return x[i]  # ! the index of a tuple must be a constant int
---
def f(x: Tuple[int, str]):
    return x[2]  # ! Tuple index out of range
---
def f(x: Tuple[int, str]):
    a, b, c = x  # ! need 3 values to unpack but found 2
---
def f(x: List[int]):
    x[0:1] = [2]  # ! an assignment to a slice of a list is not in the supported subset (line 2)
---
def f(x: Tensor):
    x.requires_grad = True  # ! an assignment to this is not in the supported subset (line 2)
---
def f(x: int):
    for i in x:  # ! 'int' object is not iterable
        pass
---
def f(x: str):
    if x:  # ! Could not cast value of type str to bool
        pass
---
def f(x: int):
    return x is x  # ! 'is' with anything but None is not in the supported subset (line 2)
---
def f(x: Tensor):
    return x.tolist()  # ! Expected type hint for result of tolist()
---
def f(x: Tensor):
    return [x, 1]  # ! a list must hold values of one type
---
def f(x: Tensor):
    return redis.execute("GET", x)  # ! redis.execute takes no Tensor
---
def f(x: str):
    return float(redis.execute("GET", x))  # ! Arguments for call are not valid.
---
def f(x: str):
    for v in redis.execute("HVALS", x):  # ! 'Any' object is not iterable
        pass
