"""The same network and weights with librosa and ONNX Runtime. Usage: librosa_onnx.py MODEL; then the protocol of worker.py."""

import sys

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from earmark_model import Model, padding
from worker import serve


class Graph:
    """From the segments of every network, segments.0, segments.1, ..., to the probabilities."""

    def __init__(self, model):
        self.model = model
        self.nodes, self.used_tensors = [], set()

    def add(self, operation, inputs, **attributes):
        output = f"value.{len(self.nodes)}"
        self.used_tensors.update(name for name in inputs if name in self.model.tensors)
        self.nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output

    def levels(self, index, network):
        values, deviations = f"segments.{index}", []
        for level, layer in enumerate(network["layers"]):
            name = f"network.{index}.convolution.{level}"
            values = self.add("Conv", [values, f"{name}.weight", f"{name}.bias"], pads=padding(layer["kernel_frames"]))
            values = self.add("Relu", [values])
            maxima = self.add("ReduceMax", [values], axes=[2], keepdims=0)
            mean = self.add("ReduceMean", [maxima], axes=[0], keepdims=1)
            yield mean
            if self.model.description["aggregation"]["across_segments"] == "mean and deviation":
                distances = self.add("Sub", [maxima, mean])
                variance = self.add("ReduceMean", [self.add("Mul", [distances, distances])], axes=[0], keepdims=1)
                deviations.append(self.add("Sqrt", [variance]))
            pool = [layer["pool_frames"]]
            values = self.add("MaxPool", [values], kernel_shape=pool, strides=pool)
        yield from deviations

    def classifier(self, values):
        values = self.add("Div", [self.add("Sub", [values, "classifier.mean"]), "classifier.deviation"])
        classifier = self.model.description["classifier"]
        if members := classifier.get("members"):
            values = self.members(values, members)
        hidden_count = len(classifier["hidden_unit_counts"])
        for index in range(hidden_count + 1):
            values = self.dense(values, f"classifier.layer.{index}", "Relu" if index < hidden_count else "Sigmoid")
        return values

    def dense(self, values, name, activation):
        return self.add(activation, [self.add("Gemm", [values, f"{name}.weight", f"{name}.bias"], transB=1)])

    def members(self, values, members):
        outputs, first = [], 0
        for index, member in enumerate(members):
            own = self.columns(values, first, first + member["input_count"])
            for layer in range(len(member["hidden_unit_counts"])):
                own = self.dense(own, f"classifier.member.{index}.layer.{layer}", "Relu")
            outputs.append(own)
            first += member["input_count"]
        return self.add("Concat", outputs, axis=1)

    def columns(self, values, first, last):
        bounds = {f"bound.{number}": np.array([number], np.int64) for number in (first, last, 1)}
        self.model.tensors.update(bounds)
        return self.add("Slice", [values, f"bound.{first}", f"bound.{last}", "bound.1"])

    def bytes(self):
        networks = self.model.networks
        parts = [part for index, network in enumerate(networks) for part in self.levels(index, network)]
        output = self.classifier(self.add("Concat", parts, axis=1))
        bands = self.model.description["spectrogram"]["mel_band_count"]
        graph = helper.make_graph(
            self.nodes, "earmark",
            [helper.make_tensor_value_info(f"segments.{index}", TensorProto.FLOAT,
                                           [f"count.{index}", bands, network["segment_frames"]])
             for index, network in enumerate(networks)],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, len(self.model.tags)])],
            [numpy_helper.from_array(self.model.tensors[name], name) for name in sorted(self.used_tensors)])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        return model.SerializeToString()


def make_session(model):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(Graph(model).bytes(), options, providers=["CPUExecutionProvider"])


def main():
    model = Model(sys.argv[1])
    session = make_session(model)

    def probabilities(path):
        log_mel = model.log_mel(path)
        segments = {f"segments.{index}": model.segments(log_mel, network) for index, network in enumerate(model.networks)}
        return model.calibrated(session.run(None, segments)[0][0])

    serve(probabilities, ["librosa", "soundfile", "soxr", "numpy", "onnxruntime"])


main()
