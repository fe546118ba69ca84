// Members of every shape that the listings know, for the tests of the conformance test. None is ever called.
#pragma warning disable CA2211 // public static fields are one of the shapes
namespace Compat.Tests.Samples;

public class Widget<T>(string name, params long[] sizes) : List<int>
{
    public const string Unit = "px";

    public static ushort Limit = 1;

    public T? Value { get; set; }

    public static bool? Ready { get; private set; }

    public object this[string key] => (name, sizes, key);

    public bool TryFind(string key, out Part part) => (part = new()) is null || key is null;

    public U Convert<U>(U value, ref int[,] grid, (string, byte)? pair = null) where U : struct =>
        pair is null && grid is null ? default : value;

    public static Widget<T> operator +(Widget<T> left, double right) => right > 0 ? left : new("");

    // An override, protected and internal members: none of them is held against a listing.
    public override string ToString() => name;

    protected void Hidden()
    {
    }

    internal void HiddenToo()
    {
    }

    public class Part;
}

public static class WidgetExtensions
{
    public static string Describe(this Widget<int> widget, double scale = 0.5, bool brief = true, char mark = '!',
        string unit = "px", DayOfWeek day = DayOfWeek.Monday) => $"{widget}{scale}{brief}{mark}{unit}{day}";
}

public enum Colour
{
    Red,
}
