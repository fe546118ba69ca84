using TorchSharp;

namespace BnNotebooks.Diagnosis;

/// <summary>
/// Remembers a network and puts it back when disposed: parameters, buffers, the mode of each module, and the state of libtorch's
/// random numbers.
/// </summary>
sealed class Untouched : IDisposable
{
    readonly torch.nn.Module model;
    readonly IReadOnlyList<(torch.nn.Module Module, bool Training)> modes;
    readonly Dictionary<string, torch.Tensor> parameters, buffers;
    readonly torch.Tensor random;

    public Untouched(torch.nn.Module model)
    {
        this.model = model;
        modes = [.. model.named_modules().Select(entry => entry.module).Prepend(model).Distinct().Select(module => (module, module.training))];
        parameters = Copies(model.named_parameters().Select(entry => (entry.name, (torch.Tensor)entry.parameter)));
        buffers = Copies(model.named_buffers());
        random = torch.get_rng_state().DetachFromDisposeScope();
    }

    /// <summary>Puts the buffers back: a forward pass in training mode moves them.</summary>
    public void PutBuffersBack() => PutBack(model.named_buffers(), buffers);

    public void Dispose()
    {
        PutBuffersBack();
        PutBack(model.named_parameters().Select(entry => (entry.name, (torch.Tensor)entry.parameter)), parameters);
        // A container sets the mode of all in it, so it goes before them: named_modules names a parent before its children.
        foreach (var (module, training) in modes)
            module.train(training);
        torch.set_rng_state(random);
        foreach (var copy in parameters.Values.Concat(buffers.Values).Append(random))
            copy.Dispose();
    }

    static Dictionary<string, torch.Tensor> Copies(IEnumerable<(string Name, torch.Tensor Live)> tensors)
    {
        using var quiet = torch.no_grad();
        var copies = new Dictionary<string, torch.Tensor>();
        foreach (var (name, live) in tensors)
            copies.TryAdd(name, live.clone().DetachFromDisposeScope());
        return copies;
    }

    static void PutBack(IEnumerable<(string Name, torch.Tensor Live)> tensors, Dictionary<string, torch.Tensor> copies)
    {
        using var quiet = torch.no_grad();
        foreach (var (name, live) in tensors)
            if (copies.TryGetValue(name, out var copy) && !live.Equals(copy))
                Write(copy, live);
    }

    // libtorch counts writes to a tensor, and refuses a backward pass, which the reader may be about to start, through one that was
    // written to since. The memory holds what it held then, so it is written to directly where it can be.
    static void Write(torch.Tensor from, torch.Tensor to)
    {
        if (to.device_type == DeviceType.CPU && to.is_contiguous() && from.is_contiguous() && from.shape.SequenceEqual(to.shape))
            from.bytes.CopyTo(to.bytes);
        else
            to.copy_(from);
    }
}
