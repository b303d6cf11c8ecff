# What the code of saved modules writes, and people hardly do.


def in_place_activations():
    a = torch.tensor([-2.0, 0.5])
    torch.leaky_relu_(a, 0.1)
    b = torch.tensor([-2.0, 0.5])
    torch.elu_(b)
    c = torch.tensor([-2.0, 0.5])
    torch.hardtanh_(c, -0.25, 0.25)
    d = torch.tensor([-2.0, 0.5])
    torch.threshold_(d, 0.0, 7.0)
    return a, b, c, d  # = [FLOAT[2] -0.2 0.5, FLOAT[2] -0.86466 0.5, FLOAT[2] -0.25 0.25, FLOAT[2] 7 0.5]


def dropout_outside_training():
    return torch.dropout_(torch.tensor([1.0, 2.0]), 0.5, False)  # = FLOAT[2] 1 2


def log_of_sigmoid():
    return torch.log_sigmoid(torch.tensor([-1.0, 0.5]))  # = FLOAT[2] -1.3133 -0.47408


def numbers_to_tensors():
    return ops.prim.NumToTensor(3), ops.prim.NumToTensor(2.5)  # = [INT64[] 3, FLOAT[] 2.5]


def operators_as_functions():
    xs = annotate(List[int], [])
    _0 = torch.append(xs, 4)
    total = torch.add(torch.mul(2, 3), torch.__getitem__(xs, 0))
    return torch.format("{} {}", total, torch.len(xs)), torch.str(1.5), torch.gt(total, 9)  # = ["10 1", "1.5", True]


def none_tests():
    x: Optional[int] = 5
    if torch.__isnot__(x, None):
        y = unchecked_cast(int, x) + 1
    else:
        y = uninitialized(int)
    return y, torch.__is__(x, None)  # = [6, False]


def raises():
    if torch.gt(1, 0):
        ops.prim.RaiseException("too large", "builtins.ValueError")  # ! too large
    else:
        pass
    return 1


def slices_without_end():
    return torch.slice(torch.arange(4), 0, 1, None)  # = INT64[3] 1 2 3
