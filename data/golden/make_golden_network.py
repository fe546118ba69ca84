#!/usr/bin/python3
"""Makes network.json: what PyTorch computes for the parts of a network that are not normalizations.

Run as make_golden.py, whose helpers it uses:

    /usr/bin/python3 data/golden/make_golden_network.py
"""
import os

# Matrix products go through OpenBLAS, which would choose its code by the processor too.
os.environ["OPENBLAS_CORETYPE"] = "Nehalem"

from make_golden import DTYPES, draw, inline, tensor, write    # before torch, which it sets up

import torch
from torch.nn import functional


def passes(kind, dtype, seed, x, apply, generator):
    """The input, the output, a gradient from above, and what becomes of it."""
    x.requires_grad_()
    y = apply(x)
    grad_output = draw(generator, y.shape, DTYPES[dtype])
    y.backward(grad_output)
    return {"kind": kind, "dtype": dtype, "seed": seed, "input": tensor(x), "output": tensor(y),
            "grad_output": tensor(grad_output), "grad_input": tensor(x.grad)}


def linear(shape, out, seed, bias=True, dtype="float32"):
    generator = torch.Generator().manual_seed(seed)
    module = torch.nn.Linear(shape[-1], out, bias=bias, dtype=DTYPES[dtype])
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(draw(generator, parameter.shape, DTYPES[dtype]))
    case = passes("linear", dtype, seed, draw(generator, shape, DTYPES[dtype], 2.0, 1.0), module, generator)
    for name, parameter in module.named_parameters():
        case[name], case["grad_" + name] = tensor(parameter), tensor(parameter.grad)
    return case


def activation(kind, shape, seed, dtype="float32"):
    """Ordinary numbers, and in the first places those where an activation shows its manners."""
    generator = torch.Generator().manual_seed(seed)
    x = draw(generator, shape, DTYPES[dtype], 2.0)
    nan, inf = float("nan"), float("inf")
    manners = torch.tensor([0.0, -0.0, 20.0, -20.0, 90.0, -90.0, 1e30, -1e30, inf, -inf, nan], dtype=DTYPES[dtype])
    x.view(-1)[:len(manners)] = manners
    return passes(kind, dtype, seed, x, getattr(torch, kind), generator)


def cross_entropy(shape, seed, scale=2.0, offset=0.0, dtype="float32"):
    generator = torch.Generator().manual_seed(seed)
    x = draw(generator, shape, DTYPES[dtype], scale, offset).requires_grad_()
    labels = torch.randint(shape[1], (shape[0],), generator=generator)
    loss = functional.cross_entropy(x, labels)
    loss.backward()
    return {"kind": "cross_entropy", "dtype": dtype, "seed": seed, "input": tensor(x), "labels": inline(labels.tolist()),
            "loss": tensor(loss.reshape(1)), "grad_input": tensor(x.grad)}


def sgd(seed, lrs, momentum=0.0, weight_decay=0.0, dtype="float32"):
    """A step per learning rate, each with a new gradient."""
    generator = torch.Generator().manual_seed(seed)
    parameter = torch.nn.Parameter(draw(generator, (3, 4), DTYPES[dtype]))
    case = {"kind": "sgd", "dtype": dtype, "seed": seed, "options": {"momentum": momentum, "weight_decay": weight_decay},
            "start": tensor(parameter), "steps": []}
    optimizer = torch.optim.SGD([parameter], lr=lrs[0], momentum=momentum, weight_decay=weight_decay)
    for lr in lrs:
        optimizer.param_groups[0]["lr"] = lr
        parameter.grad = draw(generator, parameter.shape, DTYPES[dtype])
        optimizer.step()
        case["steps"].append({"lr": lr, "grad": tensor(parameter.grad), "value": tensor(parameter)})
    return case


if __name__ == "__main__":
    torch.set_num_threads(1)
    write("network.json", "torch.nn.Linear, ReLU, Sigmoid, cross_entropy and torch.optim.SGD", [
        linear((5, 4), 3, seed=1),
        linear((2, 7), 7, seed=2, bias=False),
        linear((2, 3, 4), 2, seed=3),
        linear((1, 1), 1, seed=4),
        linear((6,), 2, seed=5),
        linear((3, 70), 40, seed=6),
        linear((5, 4), 3, seed=7, dtype="float64"),
        activation("relu", (4, 5), seed=10),
        activation("relu", (2, 3, 4), seed=11, dtype="float64"),
        activation("sigmoid", (4, 5), seed=12),
        activation("sigmoid", (2, 3, 4), seed=13, dtype="float64"),
        cross_entropy((6, 10), seed=20),
        cross_entropy((4, 1), seed=21),
        cross_entropy((1, 3), seed=22),
        cross_entropy((5, 4), seed=23, scale=300.0),
        cross_entropy((5, 4), seed=24, offset=1e4),
        cross_entropy((6, 10), seed=25, dtype="float64"),
        sgd(seed=30, lrs=[0.1] * 4),
        sgd(seed=31, lrs=[0.1] * 5, momentum=0.9),
        sgd(seed=32, lrs=[0.1, 0.1, 0.02, 0.02, 0.0], momentum=0.9),
        sgd(seed=33, lrs=[0.05] * 5, momentum=0.5, weight_decay=0.1),
        sgd(seed=34, lrs=[0.1] * 5, momentum=0.9, weight_decay=0.01, dtype="float64"),
    ])
