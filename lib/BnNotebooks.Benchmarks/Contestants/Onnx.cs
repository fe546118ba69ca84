using Microsoft.ML.OnnxRuntime;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// The same layer in ONNX Runtime, as a model of a node or a few (see <see cref="OnnxModel"/>). It has no backward pass, so it takes
/// part in forward passes alone. Steady, input and output are bound to memory that is there; as called, each run returns new
/// tensors, from the arena that ONNX Runtime keeps.
/// </summary>
internal sealed class Onnx : Computing
{
    readonly Workload workload;
    readonly Inputs inputs;
    readonly InferenceSession session;
    readonly RunOptions options = new();
    readonly string[] inputNames, outputNames;
    readonly OrtValue[] values;
    readonly OrtIoBinding? binding;
    readonly List<OrtValue> bound = [];

    /// <summary>Its version.</summary>
    public static string Version => OrtEnv.Instance().GetVersionString();

    public static bool TakesPart(Workload workload) => !workload.Backward;

    public Onnx(Inputs inputs, Workload workload)
    {
        (this.inputs, this.workload) = (inputs, workload);
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = workload.Threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        session = new InferenceSession(OnnxModel.Of(workload, inputs), settings);
        (inputNames, outputNames) = ([.. session.InputNames], [.. session.OutputNames]);
        long[] shape = [.. workload.Dimensions];
        values = [.. (workload.Adds ? new[] { inputs.X, inputs.Residual } : [inputs.X])
            .Select(numbers => OrtValue.CreateTensorValueFromMemory(numbers, shape))];
        if (workload.Steady)
            binding = Bind(shape);
    }

    OrtIoBinding Bind(long[] shape)
    {
        var binding = session.CreateIoBinding();
        foreach (var (name, value) in inputNames.Zip(values))
            binding.BindInput(name, value);
        foreach (var name in outputNames) // in training the running statistics too
        {
            var value = name == OnnxModel.Output
                ? OrtValue.CreateTensorValueFromMemory(inputs.Y, shape)
                : OrtValue.CreateTensorValueFromMemory(new float[workload.Channels], [workload.Channels]);
            bound.Add(value);
            binding.BindOutput(name, value);
        }
        return binding;
    }

    public override void Call()
    {
        if (binding is not null)
            session.RunWithBinding(options, binding);
        else
            session.Run(options, inputNames, values, outputNames).Dispose();
    }

    public override Outcome Compute()
    {
        if (binding is not null)
        {
            Call();
            return new([.. inputs.Y]);
        }
        using var results = session.Run(options, inputNames, values, outputNames);
        return new(results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    public override void Dispose()
    {
        binding?.Dispose();
        foreach (var value in values.Concat(bound))
            value.Dispose();
        session.Dispose();
        options.Dispose();
    }
}
