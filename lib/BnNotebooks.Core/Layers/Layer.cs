using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// The one shape that every layer here has: <c>Forward</c>, <c>Backward</c>, <see cref="Parameters"/>, and a mode
/// (<see cref="Train"/> or <see cref="Eval"/>). Any of them can stand in for any other.
/// </summary>
/// <remarks>
/// A new layer fills in three methods over plain row-major spans: <see cref="OutputShape"/> accepts or refuses an input,
/// <see cref="ForwardCore"/> and <see cref="BackwardCore"/> compute. Strided tensors, overlapping memory, wrong shapes and
/// keeping the input for the backward pass are dealt with here, once for all. So are empty batches: their output is empty, and
/// statistics, counters and gradients stay as they are.
/// <para><b>Threads.</b> In evaluation mode with <see cref="GradEnabled"/> false a pass leaves nothing behind, so any number of
/// threads may share a layer, whatever the sizes of their inputs. Everything else needs the layer to itself: a pass, a backward
/// pass, a change of mode or a loading that meets another is refused with an <see cref="InvalidOperationException"/>.</para>
/// <para><b>Between a forward pass and its backward pass</b> the parameters and an input that was passed as a
/// <see cref="Tensor{T}"/> stay as they are, because the gradients are computed from them: an optimizer's step belongs after
/// <c>Backward</c>. As in PyTorch, a change is an <see cref="InvalidOperationException"/>. Here that is found by a look at the
/// values: at all of up to 4,096 parameters of a kind, at some of more, and at 16 of the input's or a few more.</para>
/// </remarks>
/// <typeparam name="T">
/// The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks. <see cref="Half"/> works too, to
/// keep what is kept in half the memory; nothing else does.
/// </typeparam>
public abstract class Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // The input of the latest forward pass: the tensor itself, or a copy; neither if GradEnabled was false.
    private Tensor<T>? savedTensor;
    private T[]? savedInput;
    private nint[] savedInputShape = [];
    private nint[] savedOutputShape = [];
    private bool savedChannelsLast;
    private int users;      // see Turn

    private readonly Witness<T> witness = new();

    /// <summary>How many forward passes have kept something: the number of the latest one.</summary>
    internal long KeptPasses { get; private set; }

    /// <summary>For the layers that derive from this one.</summary>
    /// <exception cref="NotSupportedException">The elements are neither float nor double nor Half.</exception>
    protected Layer() => Guard.ElementType<T>();

    /// <summary>What is learned, in PyTorch's order; empty if nothing is.</summary>
    public virtual IReadOnlyList<Parameter<T>> Parameters => [];

    /// <summary>State that is not learned by gradients, such as running statistics; empty if there is none.</summary>
    public virtual IReadOnlyList<StateTensor> Buffers => [];

    /// <summary>
    /// The layers that this one is made of or wraps, whose mode and <see cref="GradEnabled"/> follow its own; empty for most. A layer
    /// of the user's that contains others names them here, so that a network can tell if one of them is in it twice.
    /// </summary>
    public virtual IReadOnlyList<Layer<T>> Children => [];

    /// <summary>True after construction and <see cref="Train"/>, false after <see cref="Eval"/>.</summary>
    public bool Training { get; private set; } = true;

    /// <summary>
    /// Whether a forward pass keeps what the backward pass needs (the input). True by default; set it to false where
    /// only outputs are wanted, as <c>torch.no_grad()</c> does. Set for the <see cref="Children"/> too.
    /// </summary>
    public bool GradEnabled
    {
        get;
        set
        {
            using var turn = Enter(shared: false);
            field = value;
            foreach (var child in Children)
                child.GradEnabled = value;
        }
    } = true;

    /// <summary>Switches to training mode, or with <paramref name="mode"/> false to evaluation mode; the <see cref="Children"/> too.</summary>
    /// <param name="mode">True for training.</param>
    public virtual void Train(bool mode = true)
    {
        using var turn = Enter(shared: false);
        Training = mode;
        foreach (var child in Children)
            child.Train(mode);
    }

    /// <summary>Switches to evaluation mode.</summary>
    public void Eval() => Train(false);

    /// <summary>Sets the gradients of all parameters to zero.</summary>
    public void ZeroGrad()
    {
        // Not foreach, which would allocate an enumerator in every step.
        for (var i = 0; i < Parameters.Count; i++)
            Parameters[i].ZeroGrad();
    }

    /// <summary>
    /// All parameters and buffers by PyTorch's names: the live memory, ready for <see cref="SafeTensors.Save"/>.
    /// </summary>
    /// <returns>The state, parameters first.</returns>
    public IReadOnlyDictionary<string, StateTensor> StateDict() =>
        Parameters.Select(parameter => parameter.State).Concat(Buffers).ToDictionary(state => state.Name);

    /// <summary>
    /// Takes over a state of this layer's names and shapes. Its elements may be of another type, as in PyTorch. A state of an older
    /// PyTorch, which has no <c>num_batches_tracked</c> or one of shape (1,), and one of weight norm's other names are taken too; so is that
    /// number where a layer keeps running statistics without it. If anything is refused, nothing changes.
    /// </summary>
    /// <param name="state">The state, for example from <see cref="SafeTensors.Load"/>.</param>
    /// <param name="strict">Whether a name that is missing or unknown is an error. If not, the result names it.</param>
    /// <returns>What was missing, what unexpected, and what converted from another type.</returns>
    /// <exception cref="ArgumentException">
    /// A tensor is null, or has another shape, or whole numbers where others belong; or, if strict, a name is missing or unknown.
    /// </exception>
    public LoadedState LoadStateDict(IReadOnlyDictionary<string, StateTensor> state, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(state);
        var own = StateDict();
        var given = state.ToDictionary(entry => own.ContainsKey(entry.Key) ? entry.Key : LoadedState.Translate(entry.Key), entry => entry.Value);
        string[] missing = [.. own.Keys.Except(given.Keys)], unexpected = [.. given.Keys.Except(own.Keys)];
        if (strict && missing.Concat(unexpected).Any(name => !LoadedState.IsOptional(name, own)))
            throw new ArgumentException(
                $"Expected the layer's names, but missing are {LoadedState.Show(missing)} and unexpected {LoadedState.Show(unexpected)}. "
                + "With strict: false the rest is loaded all the same.", nameof(state));
        string[] common = [.. own.Keys.Intersect(given.Keys)];
        foreach (var name in common)
            if (given[name] is not { } tensor || !LoadedState.Fits(tensor, own[name]))
                throw new ArgumentException(
                    $"Expected '{name}' to be {own[name].DType} of shape {Guard.Show([.. own[name].Shape])}, but it is "
                    + (given[name] is { } other ? $"{other.DType} of shape {Guard.Show([.. other.Shape])}." : "null."), nameof(state));

        using var turn = Enter(shared: false);
        foreach (var name in common)
        {
            if (given[name].DType == own[name].DType)
                given[name].Bytes.CopyTo(own[name].Bytes);
            else if (own[name].DType == "I64")
                given[name].ConvertTo<long>().CopyTo(own[name].To<long>());
            else
                given[name].ConvertTo<T>().CopyTo(own[name].To<T>());
        }
        return new(missing, unexpected, [.. common.Where(name => given[name].DType != own[name].DType)]);
    }

    /// <summary>Computes the output for an input, into a new tensor.</summary>
    /// <remarks>
    /// As in PyTorch, the layer holds on to the tensor for the backward pass: until then its values must stay as they are. The
    /// overloads for spans, which cannot be held on to, keep a copy; so does a strided tensor, or one that is its own output.
    /// </remarks>
    /// <param name="input">The input, dense or strided; what shapes are right, the layer's own documentation says.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException">The layer does not take an input of this shape, or not in this mode.</exception>
    public Tensor<T> Forward(Tensor<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Pass(input, input);
    }

    /// <summary>Computes the output for an input, into memory of the caller's.</summary>
    /// <inheritdoc cref="Forward(Tensor{T})" path="/remarks"/>
    /// <param name="input">The input, dense or strided.</param>
    /// <param name="output">Where the output goes: a tensor of the output's shape, which may be the input itself.</param>
    /// <exception cref="ArgumentException">
    /// The layer does not take an input of this shape, or not in this mode; or the output has another shape; or it overlaps
    /// the input without being the same.
    /// </exception>
    public void Forward(Tensor<T> input, in TensorSpan<T> output)
    {
        ArgumentNullException.ThrowIfNull(input);
        Pass(input, output, input);
    }

    /// <summary>Computes the output for an input, into a new tensor, and keeps a copy of the input for the backward pass.</summary>
    /// <param name="input">The input, dense or strided; what shapes are right, the layer's own documentation says.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException">The layer does not take an input of this shape, or not in this mode.</exception>
    public Tensor<T> Forward(in ReadOnlyTensorSpan<T> input) => Pass(input, tensor: null);

    /// <summary>
    /// Computes the output for an input, into memory of the caller's, and keeps a copy of the input for the backward pass.
    /// </summary>
    /// <param name="input">The input, dense or strided.</param>
    /// <param name="output">Where the output goes: a tensor of the output's shape, which may be the input itself.</param>
    /// <exception cref="ArgumentException">
    /// The layer does not take an input of this shape, or not in this mode; or the output has another shape; or it overlaps
    /// the input without being the same.
    /// </exception>
    public void Forward(in ReadOnlyTensorSpan<T> input, in TensorSpan<T> output) => Pass(input, output, tensor: null);

    /// <summary>
    /// Takes the gradient of the loss back through the latest forward pass: returns the one with respect to the input, in a
    /// new tensor, and adds the ones with respect to the parameters to their <see cref="Parameter{T}.Grad"/>.
    /// </summary>
    /// <param name="gradOutput">∂loss/∂output, of the output's shape.</param>
    /// <returns>∂loss/∂input, of the input's shape.</returns>
    /// <exception cref="InvalidOperationException">
    /// There was no forward pass, or it ran with <see cref="GradEnabled"/> false, or the input or a parameter has changed since.
    /// </exception>
    /// <exception cref="ArgumentException">The gradient does not have the output's shape.</exception>
    public Tensor<T> Backward(in ReadOnlyTensorSpan<T> gradOutput)
    {
        var count = SavedInput().Length;
        var gradInput = savedChannelsLast
            ? Tensor.Create(GC.AllocateUninitializedArray<T>(count), savedInputShape, RowMajor.ChannelsLastStrides(savedInputShape))
            : Tensor.CreateFromShapeUninitialized<T>(savedInputShape);
        Backward(gradOutput, gradInput);
        return gradInput;
    }

    /// <summary>The same as <see cref="Backward(in ReadOnlyTensorSpan{T})"/>, into memory of the caller's.</summary>
    /// <param name="gradOutput">∂loss/∂output, of the output's shape.</param>
    /// <param name="gradInput">Where ∂loss/∂input goes: a tensor of the input's shape, which may be the gradient itself.</param>
    /// <exception cref="InvalidOperationException">
    /// There was no forward pass, or it ran with <see cref="GradEnabled"/> false, or the input or a parameter has changed since.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A gradient has the wrong shape, or the two overlap without being the same, or the second overlaps the input that is kept.
    /// </exception>
    public void Backward(in ReadOnlyTensorSpan<T> gradOutput, in TensorSpan<T> gradInput)
    {
        using var turn = Enter(shared: false);
        var x = SavedInput();
        Guard.SameShape(gradOutput.Lengths, savedOutputShape, nameof(gradOutput));
        Guard.SameShape(gradInput.Lengths, savedInputShape, nameof(gradInput));
        Guard.InPlace(gradOutput, gradInput, nameof(gradOutput), nameof(gradInput));
        if (savedTensor is not null && Guard.InPlace(savedTensor, gradInput, "input", nameof(gradInput)))
            throw new ArgumentException("Expected memory apart from the input's, which the gradient is computed from.", nameof(gradInput));
        if (witness.Changed(x, Parameters) is { } changed)
            throw new InvalidOperationException(
                $"{GetType().Name}.Backward computes with the values of the forward pass, but {changed} has changed since. "
                + "Call Backward before an optimizer's step, and leave the input as it is till then.");
        if (gradOutput.FlattenedLength == 0 && gradInput.FlattenedLength == 0)
            return;

        var dx = RowMajor.Write(gradInput, out var staging, savedChannelsLast);
        BackwardCore(x, ShapeInMemory(savedInputShape, savedChannelsLast), RowMajor.Read(gradOutput, savedChannelsLast), dx);
        RowMajor.Finish(staging, gradInput, savedChannelsLast);
    }

    /// <summary>The shape of the output for an input of this shape, in the present mode.</summary>
    /// <param name="input">The input's shape.</param>
    /// <returns>The output's shape.</returns>
    /// <exception cref="ArgumentException">
    /// The layer does not take such an input; everything that can be wrong with one is found here, before anything changes.
    /// </exception>
    protected abstract ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input);

    /// <summary>Computes the output.</summary>
    /// <param name="x">The input in row-major order.</param>
    /// <param name="shape">The input's shape, which <see cref="OutputShape"/> has accepted.</param>
    /// <param name="y">Where the output goes, in row-major order; may be the same memory as <paramref name="x"/>.</param>
    protected abstract void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y);

    /// <summary>Computes the input's gradient and adds to the parameters' gradients.</summary>
    /// <param name="x">The input of the latest forward pass, in row-major order.</param>
    /// <param name="shape">That input's shape.</param>
    /// <param name="dy">∂loss/∂output in row-major order.</param>
    /// <param name="dx">Where ∂loss/∂input goes; may be the same memory as <paramref name="dy"/>.</param>
    protected abstract void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx);

    /// <summary>The same as <see cref="OutputShape"/>, for a layer that is made of layers.</summary>
    internal ReadOnlySpan<nint> Accept(ReadOnlySpan<nint> input) => OutputShape(input);

    private ReadOnlySpan<nint> Accept(in ReadOnlyTensorSpan<T> input)
    {
        Guard.Countable(input.Lengths, "an input", nameof(input));
        var output = OutputShape(input.Lengths);
        Guard.Countable(output, "an output", nameof(input));
        return output;
    }

    /// <summary>
    /// Whether the layer computes the same with an input's channels last in memory, each position of each sample then being a sample
    /// (N·H·W, C): what a view of such memory need not be copied for. Outputs and gradients are then in the same order.
    /// </summary>
    private protected virtual bool TakesChannelsLast => false;

    /// <summary>Whether a pass leaves nothing behind: what a layer works out in one, it then keeps in locals or in <see cref="Scratch"/>.</summary>
    internal virtual bool Inference => !Training && !GradEnabled;

    /// <summary>The shape of the latest forward pass's output.</summary>
    private protected ReadOnlySpan<nint> SavedOutputShape => savedOutputShape;

    /// <summary>Begins a use of the layer that may meet other shared ones, or none at all.</summary>
    internal Turn Enter(bool shared) => new(ref users, shared, this);

    private Tensor<T> Pass(in ReadOnlyTensorSpan<T> input, Tensor<T>? tensor)
    {
        using var turn = EnterPass();
        var shape = Accept(input);
        var output = TakesChannelsLast && RowMajor.IsChannelsLast(input)
            ? Tensor.Create(GC.AllocateUninitializedArray<T>((int)input.FlattenedLength), shape, RowMajor.ChannelsLastStrides(shape))
            : Tensor.CreateFromShapeUninitialized<T>(shape);
        Compute(input, shape, output, tensor);
        return output;
    }

    private void Pass(in ReadOnlyTensorSpan<T> input, in TensorSpan<T> output, Tensor<T>? tensor)
    {
        using var turn = EnterPass();
        var shape = Accept(input);
        Guard.SameShape(output.Lengths, shape, nameof(output));
        var inPlace = Guard.InPlace(input, output, nameof(input), nameof(output));
        Compute(input, shape, output, inPlace ? null : tensor);
    }

    private Turn EnterPass()
    {
        var shared = Inference;
        var turn = Enter(shared);
        if (!shared || Inference)
            return turn;
        turn.Dispose();
        throw new InvalidOperationException("The layer's mode has changed on another thread while a pass began.");
    }

    private void Compute(in ReadOnlyTensorSpan<T> input, ReadOnlySpan<nint> outputShape, in TensorSpan<T> output, Tensor<T>? tensor)
    {
        var channelsLast = TakesChannelsLast && RowMajor.IsChannelsLast(input);
        var x = GradEnabled ? Keep(input, outputShape, tensor, channelsLast) : RowMajor.Read(input, channelsLast);
        if (!GradEnabled)
            (savedTensor, savedInput) = (null, null);
        if (output.FlattenedLength == 0)
            return;
        var y = RowMajor.Write(output, out var staging, channelsLast);
        ForwardCore(x, ShapeInMemory(input.Lengths, channelsLast), y);
        RowMajor.Finish(staging, output, channelsLast);
    }

    // With the channels last, (N, C, H, W) is a matrix of N·H·W rows of C channels.
    private static ReadOnlySpan<nint> ShapeInMemory(ReadOnlySpan<nint> shape, bool channelsLast)
    {
        if (!channelsLast)
            return shape;
        nint rows = 1;
        for (var d = 0; d < shape.Length; d++)
            rows *= d == 1 ? 1 : shape[d];
        return (nint[])[rows, shape[1]];
    }

    private ReadOnlySpan<T> Keep(in ReadOnlyTensorSpan<T> input, ReadOnlySpan<nint> outputShape, Tensor<T>? tensor, bool channelsLast)
    {
        KeptPasses++;
        Remember(ref savedInputShape, input.Lengths);
        Remember(ref savedOutputShape, outputShape);
        savedChannelsLast = channelsLast;
        savedTensor = channelsLast || input.IsDense ? tensor : null;
        if (savedTensor is not null)
            savedInput = null;
        var x = savedTensor is null ? Save(input) : RowMajor.Read(input, channelsLast);
        witness.Note(x, Parameters);
        return x;
    }

    private static void Remember(ref nint[] saved, ReadOnlySpan<nint> shape)
    {
        if (!shape.SequenceEqual(saved))
            saved = shape.ToArray();
    }

    // A copy, because a span cannot be held on to, and the caller may overwrite the input (working in place does).
    private ReadOnlySpan<T> Save(in ReadOnlyTensorSpan<T> input)
    {
        if (savedInput?.Length != input.FlattenedLength)
            savedInput = new T[input.FlattenedLength];
        RowMajor.CopyTo(input, savedInput, savedChannelsLast);
        return savedInput;
    }

    private ReadOnlySpan<T> SavedInput()
    {
        if (savedTensor is not null)
            return RowMajor.Read<T>(savedTensor, savedChannelsLast);
        return savedInput ?? throw new InvalidOperationException(
            $"{GetType().Name}.Backward needs the input of a forward pass before it, but there is none. Call Forward first, with GradEnabled true.");
    }
}
