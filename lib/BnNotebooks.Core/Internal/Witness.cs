using System.Numerics;
using System.Runtime.InteropServices;

namespace BnNotebooks.Core;

/// <summary>
/// Notes what a backward pass will compute with, and tells if it has changed since: some values of the input, and of each parameter all
/// or, of many, some.
/// </summary>
internal sealed class Witness<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int InputLooks = 16;
    private const int ParameterLooks = 1 << 12;

    private T[] seen = [];

    /// <summary>Takes a look at the input and the parameters.</summary>
    public void Note(ReadOnlySpan<T> input, IReadOnlyList<Parameter<T>> parameters) => Look(input, parameters, compare: false);

    /// <summary>What has changed since the look, by its name; null if nothing has.</summary>
    public string? Changed(ReadOnlySpan<T> input, IReadOnlyList<Parameter<T>> parameters) => Look(input, parameters, compare: true);

    private string? Look(ReadOnlySpan<T> input, IReadOnlyList<Parameter<T>> parameters, bool compare)
    {
        var place = 0;
        var changed = Look(input, InputLooks, compare, ref place) ? null : "its input";
        for (var i = 0; i < parameters.Count && changed is null; i++)
            changed = Look(parameters[i].Values, ParameterLooks, compare, ref place) ? null : parameters[i].Name;
        return changed;
    }

    // Whether the values are those seen before; or sees them.
    private bool Look(ReadOnlySpan<T> values, int most, bool compare, ref int place)
    {
        var step = Math.Max(1, values.Length / most);
        var count = (values.Length + step - 1) / step;
        if (seen.Length < place + count)
            Array.Resize(ref seen, place + count);
        var notes = seen.AsSpan(place, count);
        place += count;
        if (step == 1 && compare)
            return MemoryMarshal.AsBytes(values).SequenceEqual(MemoryMarshal.AsBytes(notes));
        if (step == 1)
            values.CopyTo(notes);
        var same = true;
        for (var i = 0; i < count && step > 1; i++)
        {
            same &= !compare || notes[i].Equals(values[i * step]);
            notes[i] = compare ? notes[i] : values[i * step];
        }
        return same;
    }
}
