"""PyTorch's side of PythonTorchTests: reads the states that our layers have written, and writes those of its own.

    /usr/bin/python3 torch_states.py FOLDER

The safetensors format is read and written here by its description alone, so that two programs agree on it. Ends with 3 where there is
no torch.
"""
import json
import pathlib
import struct
import sys

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit(3)

CASES = {
    "BatchNorm1d": lambda: nn.BatchNorm1d(3),
    "BatchNorm2d": lambda: nn.BatchNorm2d(3, eps=0.1),
    "BatchNorm3d": lambda: nn.BatchNorm3d(3),
    "BatchNorm1d, not affine": lambda: nn.BatchNorm1d(3, affine=False),
    "LayerNorm": lambda: nn.LayerNorm([2, 3]),
    "GroupNorm": lambda: nn.GroupNorm(2, 4),
    "InstanceNorm2d": lambda: nn.InstanceNorm2d(3, affine=True, track_running_stats=True),
    "Linear": lambda: nn.Linear(3, 2),
    "Linear without bias": lambda: nn.Linear(3, 2, bias=False),
    "weight norm": lambda: nn.utils.weight_norm(nn.Linear(3, 2)),
    "Sequential": lambda: nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Sequential(nn.ReLU(), nn.Linear(4, 2, bias=False))),
}
DTYPES = {
    "F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64, "BOOL": torch.bool,
    "U8": torch.uint8, "I8": torch.int8, "I16": torch.int16, "I32": torch.int32, "I64": torch.int64,
}


def load(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    tensors = {}
    for name, entry in json.loads(data[8:8 + length]).items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            flat = torch.frombuffer(bytearray(data[begin:end]), dtype=DTYPES[entry["dtype"]])
            tensors[name] = flat.reshape(entry["shape"])
    return tensors


def save(path, tensors):
    header, parts, offset = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in tensors.items():
        part = bytes(tensor.detach().contiguous().reshape(-1).view(torch.uint8).numpy())
        dtype = next(word for word, known in DTYPES.items() if known == tensor.dtype)
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(part)]}
        parts.append(part)
        offset += len(part)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def layers(folder):
    for name, make in CASES.items():
        x = load(folder / f"{name}.input")["x"]
        module = make()
        module.load_state_dict(load(folder / f"{name}.ours"), strict=True)
        save(folder / f"{name}.ours.output", {"y": module.eval()(x)})

        module = make()
        for parameter in module.parameters():
            nn.init.normal_(parameter)
        module.train()(x * 3 + 1)       # running statistics that are not those of a new layer
        save(folder / f"{name}.torch", module.state_dict())
        save(folder / f"{name}.torch.output", {"y": module.eval()(x)})


def element_types(folder):
    save(folder / "types.ours.double", {name: tensor.double() for name, tensor in load(folder / "types.ours").items()})
    numbers = torch.tensor([[0.0, 1.0, 2.5], [100.0, 3.0, 0.1]])
    types = {name: numbers.to(dtype) for name, dtype in DTYPES.items()}
    save(folder / "types.torch", types)
    save(folder / "types.torch.double", {name: tensor.double() for name, tensor in types.items()})


torch.manual_seed(1)
layers(pathlib.Path(sys.argv[1]))
element_types(pathlib.Path(sys.argv[1]))
