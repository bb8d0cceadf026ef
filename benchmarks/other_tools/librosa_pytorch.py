"""The same network and weights with librosa and PyTorch. Usage: librosa_pytorch.py MODEL; then the protocol of worker.py."""

import sys

import torch
from torch.nn import functional

from earmark_model import Model, padding
from worker import serve


class Network:
    def __init__(self, model):
        self.model = model
        self.tensors = {name: torch.from_numpy(values) for name, values in model.tensors.items()}

    def layer(self, name):
        return self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]

    def embedding(self, log_mel):
        with_deviations = self.model.description["aggregation"]["across_segments"] == "mean and deviation"
        parts = []
        for index, network in enumerate(self.model.networks):
            values = torch.from_numpy(self.model.segments(log_mel, network))
            deviations = []
            for level, layer in enumerate(network["layers"]):
                values = functional.pad(values, padding(layer["kernel_frames"]))
                values = functional.conv1d(values, *self.layer(f"network.{index}.convolution.{level}")).relu()
                parts.append(values.amax(2).mean(0))
                deviations += [values.amax(2).std(0, unbiased=False)] if with_deviations else []
                values = functional.max_pool1d(values, layer["pool_frames"])
            parts += deviations
        return torch.cat(parts)

    def members(self, values, members):
        outputs = []
        for index, own in enumerate(values.split([member["input_count"] for member in members])):
            for layer in range(len(members[index]["hidden_unit_counts"])):
                own = functional.linear(own, *self.layer(f"classifier.member.{index}.layer.{layer}")).relu()
            outputs.append(own)
        return torch.cat(outputs)

    def probabilities(self, path):
        with torch.no_grad():
            values = self.embedding(self.model.log_mel(path))
            values = (values - self.tensors["classifier.mean"]) / self.tensors["classifier.deviation"]
            classifier = self.model.description["classifier"]
            if members := classifier.get("members"):
                values = self.members(values, members)
            hidden_count = len(classifier["hidden_unit_counts"])
            for index in range(hidden_count):
                values = functional.linear(values, *self.layer(f"classifier.layer.{index}")).relu()
            values = functional.linear(values, *self.layer(f"classifier.layer.{hidden_count}")).sigmoid()
        return self.model.calibrated(values.tolist())


torch.set_num_threads(1)
serve(Network(Model(sys.argv[1])).probabilities, ["librosa", "soundfile", "soxr", "numpy", "torch"])
