using Microsoft.DotNet.Interactive.Formatting;

namespace Compat.Tests.Interactive;

/// <summary>An attribute class of ours, which the formatter can know by its name only.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[]? PreferredMimeTypes { get; set; }
}

public sealed class ConventionFormattingTests
{
    [TypeFormatterSource(typeof(Source), PreferredMimeTypes = ["text/html", "text/plain"])]
    class Temperature(double celsius)
    {
        public double Celsius { get; } = celsius;
    }

    sealed class Fever() : Temperature(40);

    [TypeFormatterSource(typeof(Source))]
    sealed class Unordered() : object;

    sealed class Source
    {
        public IEnumerable<object> CreateTypeFormatters() =>
            [new PlainFormatter { MimeType = "text/plain" }, new PlainFormatter { MimeType = "text/html" }];
    }

    sealed class PlainFormatter
    {
        public required string MimeType { get; init; }

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not Temperature temperature)
                return false;
            writer.Write($"{temperature.Celsius} degrees as {MimeType}");
            return true;
        }
    }

    [Fact]
    public void A_type_brings_its_formatters_and_mime_types_along() =>
        Assert.Equal(
            ["text/html: 20 degrees as text/html", "text/plain: 20 degrees as text/plain"],
            FormattedValue.CreateManyFromObject(new Temperature(20)).Select(value => value.ToString()));

    [Fact]
    public void A_derived_type_inherits_them() =>
        Assert.Equal("40 degrees as text/plain", new Fever().ToDisplayString());

    [Fact]
    public void Without_a_preference_the_default_mime_type_holds() =>
        Assert.Equal(["text/html"], Formatter.GetPreferredMimeTypesFor(typeof(Unordered)));

    [Fact]
    public void A_formatter_that_declines_leaves_the_value_to_the_default() =>
        Assert.Contains(nameof(Unordered), new Unordered().ToDisplayString());
}
