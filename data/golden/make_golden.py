#!/usr/bin/python3
"""Makes the golden vectors in this folder: what PyTorch computes for small inputs, to the last bit.

Run with Debian's Python, which sees Debian's python3-torch:

    /usr/bin/python3 data/golden/make_golden.py

The same torch version writes the same bytes again.
"""
import json
import os
import pathlib
import struct

# One code path whatever the processor, so that the bytes do not depend on the machine. Must be set before torch loads.
os.environ["ATEN_CPU_CAPABILITY"] = "default"

import numpy
import torch

HERE = pathlib.Path(__file__).parent
LAYERS = {"BatchNorm1d": torch.nn.BatchNorm1d, "BatchNorm2d": torch.nn.BatchNorm2d, "BatchNorm3d": torch.nn.BatchNorm3d}
DTYPES = {"float32": torch.float32, "float64": torch.float64}


def shortest(value):
    """The shortest decimal that reads back as the same float; JSON has no NaN and no infinity, so those are strings."""
    if not numpy.isfinite(value):
        return json.dumps({"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}[str(value)])
    return str(value)


def inline(numbers):
    """A list that write() leaves on one line."""
    return "@[" + ",".join(str(number) for number in numbers) + "]@"


def tensor(value):
    array = value.detach().numpy()
    return {"shape": inline(array.shape), "data": inline(shortest(number) for number in array.reshape(-1))}


def write(name, what, cases):
    """One case after the other, each tensor's numbers on one line."""
    document = {"what": what, "torch": torch.__version__, "cases": cases}
    text = json.dumps(document, indent=1).replace('"@[', "[").replace(']@"', "]").replace('\\"', '"')
    path = HERE / name
    path.with_suffix(".tmp").write_text(text + "\n")
    path.with_suffix(".tmp").replace(path)
    print(f"{name}: {len(cases)} cases, {path.stat().st_size} bytes")


def draw(generator, shape, dtype, scale=1.0, offset=0.0):
    return torch.randn(shape, generator=generator, dtype=dtype) * scale + offset


def batch_norm_case(layer, shape, seed, dtype="float32", steps=3, scale=2.0, offset=1.0, **options):
    """A layer, trained for some steps on new batches (forward and backward), then evaluated once (both again)."""
    generator = torch.Generator().manual_seed(seed)
    module = LAYERS[layer](shape[1], dtype=DTYPES[dtype], **options)
    case = {"layer": layer, "dtype": dtype, "seed": seed, "shape": inline(shape), "options": options}
    if module.affine:
        with torch.no_grad():
            module.weight.copy_(draw(generator, shape[1], DTYPES[dtype], 0.5, 1.0))
            module.bias.copy_(draw(generator, shape[1], DTYPES[dtype]))
        case["weight"], case["bias"] = tensor(module.weight), tensor(module.bias)

    case["steps"] = []
    for step in range(steps + 1):
        module.train(step < steps)
        x = draw(generator, shape, DTYPES[dtype], scale, offset).requires_grad_()
        grad_output = draw(generator, shape, DTYPES[dtype])
        module.zero_grad()
        y = module(x)
        y.backward(grad_output)
        record = {"training": module.training, "input": tensor(x), "output": tensor(y),
                  "grad_output": tensor(grad_output), "grad_input": tensor(x.grad)}
        if module.affine:
            record["grad_weight"], record["grad_bias"] = tensor(module.weight.grad), tensor(module.bias.grad)
        if module.track_running_stats:
            record["running_mean"], record["running_var"] = tensor(module.running_mean), tensor(module.running_var)
            record["num_batches_tracked"] = int(module.num_batches_tracked)
        case["steps"].append(record)
    return case


def batch_norm():
    every_option = [
        {},
        {"affine": False},
        {"momentum": None},
        {"momentum": 0.9, "eps": 1e-3},
        {"track_running_stats": False},
        {"affine": False, "track_running_stats": False, "eps": 0.0},
    ]
    shapes = [("BatchNorm1d", (6, 4)), ("BatchNorm1d", (2, 3, 5)), ("BatchNorm2d", (2, 3, 2, 3)), ("BatchNorm3d", (2, 2, 2, 1, 3))]
    cases = [batch_norm_case(layer, shape, seed=10 * i + j, **options)
             for i, (layer, shape) in enumerate(shapes) for j, options in enumerate(every_option)]
    cases += [
        batch_norm_case("BatchNorm1d", (2, 1), seed=100),
        batch_norm_case("BatchNorm1d", (1, 3, 2), seed=101),
        batch_norm_case("BatchNorm2d", (1, 2, 1, 2), seed=102),
        batch_norm_case("BatchNorm2d", (2, 2, 5, 9), seed=103, steps=1),
        batch_norm_case("BatchNorm1d", (12, 2), seed=104, scale=0.01, offset=100.0),
    ]
    cases += [batch_norm_case(layer, shape, seed=200 + i, dtype="float64", steps=2) for i, (layer, shape) in enumerate(shapes)]
    write("batch_norm.json", "torch.nn.BatchNorm1d/2d/3d: forward, backward and running statistics", cases)


def normalize():
    """The function on the slide, (x - mean) / sqrt(var + eps) by columns, from torch operators."""
    cases = []
    for seed, (shape, eps) in enumerate([((6, 4), 1e-5), ((2, 3), 1e-5), ((30, 7), 1e-3), ((5, 2), 0.0)]):
        x = draw(torch.Generator().manual_seed(seed), shape, torch.float32, 3.0, -2.0)
        y = (x - x.mean(0)) / torch.sqrt(x.var(0, unbiased=False) + eps)
        cases.append({"seed": seed, "eps": eps, "input": tensor(x), "output": tensor(y)})
    write("normalize.json", "the slide's batch_normalize, composed from torch operators", cases)


def state():
    """A trained layer's state_dict in a safetensors file, written here as the format's description has it."""
    generator = torch.Generator().manual_seed(7)
    module = torch.nn.BatchNorm2d(3)
    with torch.no_grad():
        module.weight.copy_(draw(generator, 3, torch.float32, 0.5, 1.0))
        module.bias.copy_(draw(generator, 3, torch.float32))
    for _ in range(4):
        module(draw(generator, (5, 3, 2, 2), torch.float32, 2.0, 1.0))

    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, value in module.state_dict().items():
        dtype = {torch.float32: "F32", torch.int64: "I64"}[value.dtype]
        begin, data = len(data), data + value.numpy().tobytes()
        header[name] = {"dtype": dtype, "shape": list(value.shape), "data_offsets": [begin, len(data)]}
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    path = HERE / "state.safetensors"
    path.with_suffix(".tmp").write_bytes(struct.pack("<Q", len(head)) + head + data)
    path.with_suffix(".tmp").replace(path)

    module.eval()
    x = draw(generator, (2, 3, 2, 1), torch.float32)
    case = {"file": path.name, "seed": 7, "input": tensor(x), "output": tensor(module(x))}
    write("state.json", "a BatchNorm2d in evaluation whose state is in state.safetensors", [case])


if __name__ == "__main__":
    torch.set_num_threads(1)
    batch_norm()
    normalize()
    state()
