# Records what PyTorch computes for the networks beside this file, with weights by the formula of run.test.ts.
# Run by hand with PyTorch 1.13 or later: python3 record.py
import json
import torch
from torch import nn


def fill(name, tensor):
    with torch.no_grad():
        flat = torch.arange(tensor.numel(), dtype=torch.float64)
        values = ((flat * 37 + len(name) * 11) % 101 - 50) / 200
        # Variances are positive.
        values = values.abs() + 0.5 if name.endswith("running_var") else values
        tensor.copy_(values.reshape(tensor.shape))


def record(path, module, name, shape):
    for key, tensor in module.state_dict().items():
        if not key.endswith("num_batches_tracked"):
            fill(key, tensor)
    x = torch.empty(shape)
    fill(name, x)
    module.eval()
    y = module(x).detach()
    shapes = {key: list(t.shape) for key, t in module.state_dict().items() if not key.endswith("num_batches_tracked")}
    data = [float(f"{value:.7g}") for value in y.flatten().tolist()]
    with open(path, "w") as file:
        json.dump({"input": {"name": name, "shape": shape}, "weights": shapes, "output": {"shape": list(y.shape), "data": data}}, file)
        file.write("\n")


lenet = nn.Sequential(
    nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
    nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10))


class Down(nn.Module):
    def __init__(self, i, c):
        super().__init__()
        self.conv = nn.Conv2d(i, c, 3, stride=2, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(c)

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(Down(2, 4), Down(4, 6))
        self.up1 = nn.ConvTranspose2d(6, 4, 3, stride=2, padding=1, output_padding=1, groups=2)
        self.up2 = nn.ConvTranspose2d(4, 2, 4, stride=2, padding=1)

    def forward(self, x):
        y = nn.functional.max_pool2d(self.up1(self.encoder(x)), 3, stride=1, padding=1)
        return self.up2(y) + x


record("lenet.json", lenet, "image", [2, 1, 32, 32])
record("autoencoder.json", Autoencoder(), "x", [1, 2, 8, 12])
