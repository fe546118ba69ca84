using TorchSharp.Utils;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>A handle to one of libtorch's tensors.</summary>
    public partial class Tensor : IDisposable
    {
        TensorHandle? owned;

        internal Tensor(TensorHandle handle)
        {
            owned = handle;
            Scope = DisposeScope.Enter(this);
        }

        /// <summary>The scope that will dispose this tensor, if any.</summary>
        DisposeScope? Scope { get; set; }

        internal TensorHandle Owned =>
            IsInvalid ? throw new InvalidOperationException("Tensor invalid -- empty handle.") : owned!;

        public bool IsInvalid => owned is null || owned.IsClosed;
        internal nint Handle => Owned.DangerousGetHandle();

        public long[] shape
        {
            get
            {
                var sizes = new long[Shim.tensor_dim(Owned)];
                fixed (long* into = sizes) Shim.tensor_sizes(Owned, into);
                return sizes;
            }
        }

        public ScalarType dtype => (ScalarType)Shim.tensor_dtype(Owned);
        public long ndim => Shim.tensor_dim(Owned);
        public long NumberOfElements => shape.Aggregate(1L, (product, size) => product * size);

        /// <summary>The elements, in place. They must be of the type asked for.</summary>
        /// <exception cref="ArgumentException">The tensor's dtype is another.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            if (TypeOf<T>() != dtype) throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}");
            return new TensorAccessor<T>(this);
        }

        /// <summary>The one element of a tensor that has only one.</summary>
        /// <exception cref="ArgumentException">The tensor has another number of elements, or another dtype.</exception>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            using var accessor = data<T>();
            return accessor.ToArray()[0];
        }

        public bool requires_grad
        {
            get => Shim.tensor_requires_grad(Owned) != 0;
            set => Aten.CallInPlace("requires_grad_", this, value);
        }

        /// <summary>The gradient that backward left here, or null.</summary>
        public Tensor? grad
        {
            get
            {
                var gradient = Shim.tensor_grad(Owned);
                return gradient == 0 ? null : new Tensor(new TensorHandle(gradient));
            }
            set
            {
                Shim.tensor_set_grad(Owned, value?.Handle ?? 0);
                GC.KeepAlive(value);
            }
        }

        /// <summary>Lets backward leave a gradient here too, although this tensor was computed.</summary>
        public void retain_grad() => Aten.CallPlain("retain_grad", this);

        public void backward() => backward(null);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            if (grad_tensors is { Count: > 1 })
                throw new ArgumentException($"one tensor takes one gradient, {grad_tensors.Count} came", nameof(grad_tensors));
            Aten.CallPlain(
                "_backward", this, inputs?.ToArray() ?? [], grad_tensors?.FirstOrDefault(), retain_graph, create_graph);
        }

        /// <summary>Lets this tensor outlive the scope it was made in.</summary>
        public Tensor DetachFromDisposeScope()
        {
            Scope?.Forget(this);
            Scope = null;
            return this;
        }

        /// <summary>Hands the native tensor to another object; this one is invalid from then on.</summary>
        internal TensorHandle Release()
        {
            var handle = Owned;
            owned = null;
            DetachFromDisposeScope();
            return handle;
        }

        public void Dispose()
        {
            owned?.Dispose();
            Scope?.Forget(this);
        }

        public override string ToString() => $"[{string.Join("x", shape)}], type = {dtype}, device = cpu";
    }
}
