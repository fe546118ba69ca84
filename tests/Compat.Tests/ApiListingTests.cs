using Compat.Tests.Samples;

namespace Compat.Tests;

/// <summary>The conformance test must be able to fail: each kind of difference from a listing is one that it sees.</summary>
public class ApiListingTests
{
    const string Listing =
        """
        ## class Compat.Tests.Samples.Widget<T> : List<int>
          new(string name, params long[] sizes)
          prop T Value { get; set; }
          prop static bool? Ready { get; }
          prop object Item[string key] { get; }
          field const string Unit = px
          field static UInt16 Limit
          bool TryFind(string key, out ref Widget<T>.Part<T> part)
          static Widget<T> op_Addition(Widget<T> left, double right)
          U Convert<U>(U value, ref int[,] grid, ValueTuple<string, Byte>? pair = null/default) where U : ValueType

        ## class Compat.Tests.Samples.Widget<T>.Part<T>
          new()

        ## static class Compat.Tests.Samples.WidgetExtensions
          static string Describe(this Widget<int> widget, double scale = 0.5, bool brief = True, char mark = '!', string unit = "px", DayOfWeek day = Monday)

        ## enum Compat.Tests.Samples.Colour : Enum
          field int value__
          field const Colour Red = 0
        """;

    static readonly Type[] Types = [typeof(Widget<>), typeof(Widget<>.Part), typeof(WidgetExtensions), typeof(Colour)];

    [Fact]
    public void Types_that_match_their_listing_give_no_offence() => Assert.Empty(Offences(Listing));

    [Theory]
    [InlineData("new(string name, params long[] sizes)", "new(string name, long[] sizes)")]
    [InlineData("new(string name, ", "new(string title, ")]
    [InlineData("prop T Value { get; set; }", "prop T Value { get; }")]
    [InlineData("prop static bool? Ready", "prop static bool Ready")]
    [InlineData("prop static bool? Ready", "prop bool? Ready")]
    [InlineData("Item[string key]", "Item[int key]")]
    [InlineData("Unit = px", "Unit = em")]
    [InlineData("static UInt16 Limit", "static int Limit")]
    [InlineData("bool TryFind", "void TryFind")]
    [InlineData("out ref Widget<T>", "ref Widget<T>")]
    [InlineData("op_Addition(Widget<T> left, double right)", "op_Addition(double left, Widget<T> right)")]
    [InlineData("int[,] grid", "int[] grid")]
    [InlineData("ValueTuple<string, Byte>?", "ValueTuple<string, Byte>")]
    [InlineData(" where U : ValueType", "")]
    [InlineData("this Widget<int>", "Widget<int>")]
    [InlineData("= 0.5", "= 0.25")]
    [InlineData("brief = True", "brief = False")]
    [InlineData("'!'", "'?'")]
    [InlineData("\"px\"", "\"em\"")]
    [InlineData("day = Monday", "day = Sunday")]
    [InlineData("Red = 0", "Red = 1")]
    [InlineData("## class Compat.Tests.Samples.Widget<T> : List<int>", "## class Compat.Tests.Samples.Widget<T> : List<long>")]
    [InlineData("## class Compat.Tests.Samples.Widget<T> :", "## abstract class Compat.Tests.Samples.Widget<T> :")]
    [InlineData("## enum Compat.Tests.Samples.Colour", "## enum Compat.Tests.Samples.Hue")]
    public void Any_difference_from_the_listing_is_one_offence(string ours, string real)
    {
        Assert.Contains(ours, Listing);
        Assert.Single(Offences(Listing.Replace(ours, real)));
    }

    [Fact]
    public void A_stand_in_may_lack_members_accessors_and_base_classes()
    {
        var richer = Listing
            .Replace("Ready { get; }", "Ready { get; set; }")
            .Replace("  new()", "  new()\n  void Turn()")
            .Replace("Part<T>\n", "Part<T> : Component\n");

        Assert.NotEqual(Listing, richer);
        Assert.Empty(Offences(richer));
    }

    [Theory]
    [InlineData("Grid", "Grid : List<int>")]
    [InlineData("Grid<Row<string, T>, int>", "Grid<TRow, TCell> : List<TCell>")]
    [InlineData("Grid<int>", "Grid<T> : Table<string, T>", "Table<TKey, TValue> : List<TValue>")]
    public void A_stand_in_may_skip_classes_between_two_bases(string nearest, params string[] between)
    {
        var headers = between.Select(header => $"## abstract class Compat.Tests.Samples.{header}\n\n");

        Assert.Empty(Offences(string.Concat(headers) + Listing.Replace(": List<int>", ": " + nearest)));
    }

    [Fact]
    public void A_base_class_with_other_type_arguments_is_an_offence()
    {
        var header = "## abstract class Compat.Tests.Samples.Grid<TRow, TCell> : List<TCell>\n\n";

        Assert.Single(Offences(header + Listing.Replace(": List<int>", ": Grid<int, long>")));
    }

    [Fact]
    public void An_offence_names_the_member_and_the_real_ones_of_its_name()
    {
        var offence = Assert.Single(Offences(Listing.Replace("bool TryFind", "void TryFind")));

        Assert.Contains("Compat.Tests.Samples.Widget<T>: bool TryFind(string key, out ref Widget<T>.Part<T> part)", offence);
        Assert.Contains("real: void TryFind(string key, out ref Widget<T>.Part<T> part)", offence);
    }

    static IEnumerable<string> Offences(string listing) => Types.SelectMany(new ApiListing(listing.Split('\n')).Offences);
}
