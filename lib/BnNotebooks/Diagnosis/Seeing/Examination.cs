using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Diagnosis;

/// <summary>Runs the network over the batches, each in training and in evaluation mode, and notes what passes its layers.</summary>
sealed class Examination : IDisposable
{
    const int Attempts = 3;

    readonly torch.nn.Module<torch.Tensor, torch.Tensor> model;
    readonly Untouched untouched;
    readonly List<Action> unhook = [];
    readonly List<NormRecord> norms = [];
    readonly Dictionary<string, bool[]> alwaysZero = [];
    readonly List<Step> steps = [];
    readonly List<Channels> inputs = [];
    readonly List<Answers> answers = [];
    readonly Dictionary<NormRecord, int> calls = []; // in this forward pass
    readonly List<NormRecord> order = [];
    bool training, probing, indices;
    bool channelsLast; // whether the latest layer with weights was linear, whose channels stand last
    long[]? labels;

    public Examination(torch.nn.Module<torch.Tensor, torch.Tensor> model)
    {
        this.model = model;
        untouched = new Untouched(model);
        try
        {
            Prepare();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs one batch through the network in both modes.</summary>
    public void Run(torch.Tensor x, torch.Tensor? wanted)
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        labels = wanted is not null && wanted.is_integral() && wanted.numel() == x.shape[0] ? [.. Numbers.Of(wanted).Select(label => (long)label)] : null;
        indices = x.is_integral();
        var features = (int)(x.numel() / Math.Max(1, x.shape[0]));
        inputs.Add(Channels.Of(Numbers.Of(x), new((int)x.shape[0], features, 1)));
        var train = Pass(x, train: true);
        var counted = inputs.Count == 1 ? norms.Select(norm => Numbers.OrNull((norm.Layer.Module as NormBase)?.num_batches_tracked)?[0]).ToArray() : null;
        untouched.PutBuffersBack();
        var eval = Pass(x, train: false);
        if (counted is not null)
            LookForTheUnseen(x, counted);
        untouched.PutBuffersBack(); // a layer that trains in either mode has moved them again
        answers.Add(new(Outputs(train), Outputs(eval), Right(train), Right(eval)));
        GC.KeepAlive(x); // the reader may have made it in passing
    }

    /// <summary>What was seen.</summary>
    public Observations Observations(bool training) => new()
    {
        Norms = [.. order, .. norms.Except(order)],
        Steps = steps,
        Activations = [.. alwaysZero.Select(entry => new ActivationRecord(entry.Key, entry.Value))],
        Parameters = [.. model.named_parameters().Select(entry => Read(entry.name, entry.parameter))],
        Inputs = inputs,
        InputsAreIndices = indices,
        Answers = answers,
        Training = training,
    };

    public void Dispose()
    {
        foreach (var remove in unhook)
            remove();
        untouched.Dispose();
    }

    void Prepare()
    {
        torch.manual_seed(1); // dropout drops the same each time; the state before comes back at the end
        var all = model.named_modules().Select(entry => (Name: entry.name, Module: entry.module)).Prepend((Name: "network", Module: model));
        foreach (var (name, module) in all.DistinctBy(entry => entry.Module))
        {
            if (module is not torch.nn.Module<torch.Tensor, torch.Tensor> layer)
                continue;
            if (NormLayer.Read(name, module) is { } norm)
            {
                var record = new NormRecord(norm);
                norms.Add(record);
                var hook = layer.register_forward_hook((_, x, y) => Note(record, x, y));
                unhook.Add(hook.remove);
            }
            else if (!module.named_children().Any())
            {
                var hook = layer.register_forward_hook((_, x, y) => Note(name, module, x, y));
                unhook.Add(hook.remove);
            }
        }
        model.train();
        foreach (var norm in norms)
            norm.Layer.TrainsWithNetwork = norm.Layer.Module.training;
    }

    torch.Tensor Pass(torch.Tensor x, bool train)
    {
        training = train;
        for (var attempt = 1; ; attempt++)
        {
            calls.Clear();
            model.train(train);
            try
            {
                return model.call(x);
            }
            catch (ExternalException) when (attempt < Attempts)
            {
                // TorchSharp frees a number that libtorch still reads, once in some ten thousand batches through a batch norm
                // (docs/torchsharp-scalar-lifetime.md). What fails for a reason of its own fails again.
                Forget();
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"The network failed on batch {inputs.Count}, of shape ({string.Join(", ", x.shape)}), in {(train ? "training" : "evaluation")} mode, "
                    + $"and is as it was before the examination: {error.Message}", error);
            }
        }
    }

    /// <summary>Drops what was noted in a pass that failed.</summary>
    void Forget()
    {
        untouched.PutBuffersBack();
        foreach (var norm in norms)
            (training ? norm.Train : norm.Eval).RemoveAll(visit => visit.Batch == inputs.Count - 1);
        if (training && inputs.Count == 1)
            steps.Clear();
    }

    torch.Tensor Note(NormRecord norm, torch.Tensor x, torch.Tensor y)
    {
        if (probing)
            return y;
        var call = calls.GetValueOrDefault(norm);
        calls[norm] = call + 1;
        var extent = norm.Layer.Channels(x);
        var values = Numbers.Of(x);
        var input = Channels.Of(values, extent, labels);
        var sets = norm.Layer.Sets(extent) is { } shape ? Channels.Of(values, shape) : input;
        (training ? norm.Train : norm.Eval).Add(new Visit(inputs.Count - 1, call, input, sets, Channels.Of(Numbers.Of(y), extent)));
        if (!order.Contains(norm))
            order.Add(norm);
        NoteStep(norm.Layer.Name, norm.Layer.Module, x, y);
        return y;
    }

    torch.Tensor Note(string name, torch.nn.Module module, torch.Tensor x, torch.Tensor y)
    {
        if (probing)
            return y;
        channelsLast = module is Linear || channelsLast && !Kinds.IsConvolution(module);
        if (Kinds.ClosesChannels(module))
            NoteZeros(name, y);
        NoteStep(name, module, x, y);
        return y;
    }

    void NoteStep(string name, torch.nn.Module module, torch.Tensor x, torch.Tensor y)
    {
        if (training && inputs.Count == 1)
            steps.Add(new Step(name, module, x, y));
    }

    void NoteZeros(string name, torch.Tensor y)
    {
        if (y.ndim < 2)
            return;
        Extent extent = channelsLast && y.ndim > 2
            ? new((int)(y.numel() / y.shape[^1]), (int)y.shape[^1], 1)
            : new((int)y.shape[0], (int)y.shape[1], (int)(y.numel() / Math.Max(1, y.shape[0] * y.shape[1])));
        bool[] zero = [.. Channels.Of(Numbers.Of(y), extent).Largest.Select(largest => largest == 0)];
        alwaysZero[name] = alwaysZero.TryGetValue(name, out var before) && before.Length == zero.Length ? [.. before.Zip(zero, (a, b) => a && b)] : zero;
    }

    /// <summary>
    /// A layer that the hooks did not see was not reached, or through <c>forward</c> rather than <c>call</c>. In the second case a
    /// batch norm counted the batch, and NaN for γ comes out of the network.
    /// </summary>
    void LookForTheUnseen(torch.Tensor x, double?[] counted)
    {
        foreach (var (i, norm) in norms.Index())
        {
            if (norm.Seen)
                norm.Reached = true;
            else if (counted[i] is { } count && norm.Layer.TrainsWithNetwork)
                norm.Reached = count != norm.Layer.BatchesCounted;
            else if (norm.Layer.Gamma is not null)
                norm.Reached = NotANumberComesThrough(norm.Layer.Module, x);
        }
    }

    bool? NotANumberComesThrough(torch.nn.Module norm, torch.Tensor x)
    {
        var gamma = norm.get_parameter("weight")!;
        using var kept = gamma.clone();
        using var nan = torch.full_like(kept, double.NaN);
        probing = true;
        try
        {
            if (!Array.TrueForAll(Numbers.Of(model.call(x)), double.IsFinite))
                return null;
            gamma.copy_(nan);
            return Numbers.Of(model.call(x)).Any(double.IsNaN);
        }
        finally
        {
            gamma.copy_(kept);
            probing = false;
        }
    }

    static Channels Outputs(torch.Tensor y)
    {
        var samples = y.ndim > 0 ? (int)y.shape[0] : 1;
        return Channels.Of(Numbers.Of(y), new(samples, (int)(y.numel() / Math.Max(1, samples)), 1));
    }

    bool[]? Right(torch.Tensor y)
    {
        if (labels is null || y.ndim != 2 || y.shape[1] < 2)
            return null;
        double[] answers = Numbers.Of(y.argmax(1));
        return [.. answers.Zip(labels, (answer, label) => (long)answer == label)];
    }

    static ParameterRecord Read(string name, Parameter parameter)
    {
        var values = Numbers.Of(parameter);
        return new(name, values.Count(value => !double.IsFinite(value)),
            values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max(), values.Length, parameter.requires_grad);
    }
}
