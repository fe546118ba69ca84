using Dims = System.ReadOnlySpan<long>;

namespace TorchSharp;

/// <summary>
/// Tensors filled by libtorch, and from arrays. There is one device here and one random generator, so neither is handed on.
/// </summary>
public static partial class torch
{
    public static Tensor zeros(Dims size,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled("zeros", size, dtype, requires_grad, names);
    public static Tensor zeros(long size,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled("zeros", [size], dtype, requires_grad, names);
    public static Tensor zeros(long rows, long columns,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled("zeros", [rows, columns], dtype, requires_grad, names);
    public static Tensor zeros(long dim0, long dim1, long dim2,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled("zeros", [dim0, dim1, dim2], dtype, requires_grad, names);
    public static Tensor zeros(long dim0, long dim1, long dim2, long dim3,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled("zeros", [dim0, dim1, dim2, dim3], dtype, requires_grad, names);

    public static Tensor ones(Dims size,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled("ones", size, dtype, requires_grad, names);
    public static Tensor ones(long size,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled("ones", [size], dtype, requires_grad, names);
    public static Tensor ones(long rows, long columns,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled("ones", [rows, columns], dtype, requires_grad, names);
    public static Tensor ones(long dim0, long dim1, long dim2,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled("ones", [dim0, dim1, dim2], dtype, requires_grad, names);
    public static Tensor ones(long dim0, long dim1, long dim2, long dim3,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled("ones", [dim0, dim1, dim2, dim3], dtype, requires_grad, names);

    public static Tensor rand(Dims size,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Filled("rand", size, dtype, requires_grad, names);
    public static Tensor rand(long size,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Filled("rand", [size], dtype, requires_grad, names);
    public static Tensor rand(long rows, long columns,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Filled("rand", [rows, columns], dtype, requires_grad, names);

    public static Tensor randn(Dims size,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Filled("randn", size, dtype, requires_grad, names);
    public static Tensor randn(long size,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Filled("randn", [size], dtype, requires_grad, names);
    public static Tensor randn(long rows, long columns,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Filled("randn", [rows, columns], dtype, requires_grad, names);
    public static Tensor randn(long dim0, long dim1, long dim2,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Filled("randn", [dim0, dim1, dim2], dtype, requires_grad, names);
    public static Tensor randn(long dim0, long dim1, long dim2, long dim3,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Filled("randn", [dim0, dim1, dim2, dim3], dtype, requires_grad, names);

    public static Tensor full(Dims size, Scalar value,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Ready(Aten.Call("full", size, value, dtype), requires_grad, names);
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ready(Aten.Call("arange", stop, dtype), requires_grad);

    // From the numbers of an array, copied. The dimensions are row-major.
    public static Tensor tensor(float[] rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(rawArray, [rawArray.Length], dtype, requires_grad, names);
    public static Tensor tensor(float[] rawArray, Dims dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(rawArray, dimensions, dtype, requires_grad, names);
    public static Tensor tensor(double[] rawArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(rawArray, [rawArray.Length], dtype, requires_grad, names);
    public static Tensor tensor(double[] rawArray, Dims dimensions,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(rawArray, dimensions, dtype, requires_grad, names);
    public static Tensor tensor(long[] dataArray,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(dataArray, [dataArray.Length], dtype, requires_grad, names);

    static Tensor Filled(string op, Dims size, ScalarType? dtype, bool requires_grad, string[]? names) =>
        Ready(Aten.Call(op, size, dtype), requires_grad, names);

    static Tensor Copied<T>(T[] numbers, Dims dimensions, ScalarType? dtype, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        long size = 1;
        foreach (var dimension in dimensions) size *= dimension;
        if (size != numbers.Length)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {size} vs. {numbers.Length}");
        var tensor = Aten.Call("empty.memory_format", dimensions, TypeOf<T>());
        using (var elements = tensor.data<T>()) elements.Fill(numbers);
        if (dtype is { } type && type != tensor.dtype) tensor = tensor.to_type(type, disposeAfter: true);
        return Ready(tensor, requires_grad, names);
    }

    static Tensor Ready(Tensor tensor, bool requires_grad, string[]? names = null)
    {
        if (names is not null) throw new NotSupportedException("The stand-in for TorchSharp has no named dimensions.");
        if (requires_grad) tensor.requires_grad = true;
        return tensor;
    }
}
