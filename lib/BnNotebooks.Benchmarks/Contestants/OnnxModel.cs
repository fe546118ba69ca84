using System.Runtime.InteropServices;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// A layer as a model of ONNX (onnx.proto3), opset 21: the first with a GroupNormalization whose γ and β are a channel's. The field
/// numbers are those of that file.
/// </summary>
internal static class OnnxModel
{
    const int IrVersion = 10, Opset = 21;
    const int FloatTensor = 1, FloatAttribute = 1, IntAttribute = 2; // of TensorProto.DataType and AttributeProto.AttributeType
    const float Eps = 1e-5f;

    const string Input = "x", Residual = "residual";
    public const string Output = "y";

    public static byte[] Of(Workload workload, Inputs inputs)
    {
        var graph = new Protobuf().Text(2, "layer");
        // What else takes the normalization's result, takes it by this name; the last one's result is the model's.
        List<string> names = [.. new[] { "normalized", "sum" }[..((workload.Rectifies ? 1 : 0) + (workload.Adds ? 1 : 0))], Output];
        graph.Message(1, Norm(workload, names[0]));
        if (workload.Adds)
            graph.Message(1, Node("Add", [names[0], Residual], [names[1]]));
        if (workload.Rectifies)
            graph.Message(1, Node("Relu", [names[^2]], [Output]));

        foreach (var (name, values) in Constants(workload, inputs))
            graph.Message(5, Constant(name, values, values.Length == workload.Channels ? [workload.Channels] : workload.Dimensions[1..]));
        graph.Message(11, Value(Input, workload.Dimensions));
        if (workload.Adds)
            graph.Message(11, Value(Residual, workload.Dimensions));
        graph.Message(12, Value(Output, workload.Dimensions));
        foreach (var name in Moved(workload))
            graph.Message(12, Value(name, [workload.Channels]));
        return new Protobuf()
            .Number(1, IrVersion).Message(8, new Protobuf().Text(1, "").Number(2, Opset)).Message(7, graph).ToArray();
    }

    static Protobuf Norm(Workload workload, string result) => workload.Norm switch
    {
        "layernorm" => Node("LayerNormalization", [Input, "gamma", "beta"], [result], Epsilon, Number("axis", 1)),
        "groupnorm" => Node("GroupNormalization", [Input, "gamma", "beta"], [result], Epsilon, Number("num_groups", workload.Groups)),
        "instancenorm" => Node("InstanceNormalization", [Input, "gamma", "beta"], [result], Epsilon),
        _ => Node("BatchNormalization", [Input, "gamma", "beta", "mean", "variance"], [result, .. Moved(workload)],
            Epsilon, Number("training_mode", workload.Training ? 1 : 0)),
    };

    static IEnumerable<(string Name, float[] Values)> Constants(Workload workload, Inputs inputs)
    {
        float[] Channels(float value) => [.. Enumerable.Repeat(value, workload.Channels)];
        yield return ("gamma", inputs.Gamma.Length > 0 ? inputs.Gamma : Channels(1));
        yield return ("beta", inputs.Beta.Length > 0 ? inputs.Beta : Channels(0));
        if (!workload.Norm.StartsWith("batchnorm"))
            yield break;
        yield return ("mean", Channels(0));
        yield return ("variance", Channels(1));
    }

    /// <summary>The running statistics that a batch norm in training puts out beside its result.</summary>
    static string[] Moved(Workload workload) =>
        workload.Training && workload.Norm.StartsWith("batchnorm") ? ["moved_mean", "moved_variance"] : [];

    static Protobuf Node(string operation, string[] inputs, string[] outputs, params Protobuf[] attributes)
    {
        var node = new Protobuf().Text(4, operation);
        foreach (var name in inputs)
            node.Text(1, name);
        foreach (var name in outputs)
            node.Text(2, name);
        foreach (var attribute in attributes)
            node.Message(5, attribute);
        return node;
    }

    static Protobuf Epsilon => new Protobuf().Text(1, "epsilon").Float(2, Eps).Number(20, FloatAttribute);

    static Protobuf Number(string name, int value) => new Protobuf().Text(1, name).Number(3, value).Number(20, IntAttribute);

    static Protobuf Constant(string name, float[] values, int[] shape)
    {
        var tensor = new Protobuf();
        foreach (var length in shape)
            tensor.Number(1, length);
        return tensor.Number(2, FloatTensor).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<float>(values));
    }

    static Protobuf Value(string name, int[] shape)
    {
        var dimensions = new Protobuf();
        foreach (var length in shape)
            dimensions.Message(1, new Protobuf().Number(1, length));
        var tensor = new Protobuf().Number(1, FloatTensor).Message(2, dimensions);
        return new Protobuf().Text(1, name).Message(2, new Protobuf().Message(1, tensor));
    }
}
