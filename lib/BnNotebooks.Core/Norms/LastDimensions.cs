namespace BnNotebooks.Core;

/// <summary>What the layers that normalize over an input's last dimensions say of its shape.</summary>
internal static class LastDimensions
{
    /// <summary>A shape of at least one dimension, each of at least length 1.</summary>
    public static nint[] Positive(ReadOnlySpan<nint> normalizedShape)
    {
        if (normalizedShape.IsEmpty)
            throw new ArgumentException("Expected at least one dimension to normalize over, but there is none.", nameof(normalizedShape));
        foreach (var length in normalizedShape)
            if (length < 1)
                throw new ArgumentOutOfRangeException(
                    nameof(normalizedShape), Guard.Show(normalizedShape), "Expected every length to be at least 1.");
        return normalizedShape.ToArray();
    }

    /// <summary>Accepts an input that ends in the shape to normalize over; the output has its shape.</summary>
    public static ReadOnlySpan<nint> Accept(ReadOnlySpan<nint> input, ReadOnlySpan<nint> normalizedShape, string parameter)
    {
        if (!input.EndsWith(normalizedShape))
            throw new ArgumentException(
                $"Expected a shape that ends in {Guard.Show(normalizedShape)}, the layer's normalized shape, "
                + $"but it has shape {Guard.Show(input)}.", parameter);
        return input;
    }
}
