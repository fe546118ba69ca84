using System.Numerics.Tensors;
using BnNotebooks.Slides;
using BnNotebooks.Views;
using Microsoft.Data.Analysis;
using TorchSharp;

namespace BnNotebooks.Tests;

/// <summary>How values look in a notebook.</summary>
public sealed class ViewTests
{
    [Fact]
    public void A_table_as_text_stands_in_columns()
    {
        var table = new Table(["name", "value"], [["a", "1.5"], ["longer", "12.25"]]) { Caption = "two" };

        Assert.Equal("two\nname    value\na         1.5\nlonger  12.25", table.ToText());
    }

    [Fact]
    public void A_table_as_html_escapes_its_text()
    {
        var html = new Table(["<b>"], [["a & b"]]) { Caption = "<script>" }.ToHtml();

        Assert.Contains("&lt;b&gt;", html);
        Assert.Contains("a &amp; b", html);
        Assert.DoesNotContain("<script>", html);
    }

    [Fact]
    public void A_column_without_a_heading_has_no_empty_header_cell() =>
        Assert.Matches("<thead><tr><td [^>]*></td><th [^>]*>value</th></tr></thead>", new Table(["", "value"], []).ToHtml());

    public static TheoryData<string> Explorables => [.. Explorable.Names];

    [Theory]
    [MemberData(nameof(Explorables))]
    public void An_explorable_says_what_helps_where_it_cannot_move_and_loads_nothing(string name)
    {
        var html = Explorable.Show(name).Html;
        if (html.Contains(Explorable.Marker, StringComparison.Ordinal))
        {
            Assert.StartsWith($"<figure {Explorable.Marker}{name}\">\n<figcaption>", html);
            Assert.DoesNotContain("<script", html);
            Assert.Matches("<img data-picture src=\"data:image/png;base64,[A-Za-z0-9+/=]{4000,}\" width=\"[0-9]+\" alt=\"[^\"]{60,}\">", html);
            Assert.Matches("<pre><code class=\"language-csharp\">", html);
            Assert.Contains("<p data-elsewhere>It moves on the course's page", html);
        }
        else
            Assert.Matches("(?s)<p data-untrusted>.*Trust Notebook.*querySelector\\('\\[data-untrusted\\]'\\)\\.remove\\(\\)", html);
        Assert.DoesNotMatch("(src|href)=(?!\"data:)|import|fetch|https?://(?!www.w3.org/2000/svg)", html);
        Assert.InRange(html.Length, 1_000, 150_000); // a notebook stays below 2 MB
    }

    [Fact]
    public void An_explorable_that_there_is_not_is_named_with_those_that_there_are()
    {
        Assert.Equal(10, Explorable.Names.Count);
        Assert.Contains("one-feature", Assert.Throws<ArgumentException>(() => Explorable.Show("none")).Message);
    }

    [Fact]
    public void A_small_tensor_is_shown_whole()
    {
        var text = TensorView.Of(Tensor.Create<float>([1, -2.5f, 0, float.NaN], [2, 2])).ToText();

        Assert.Equal("tensor 2 × 2, float32 (System.Numerics.Tensors)\n1.0000  -2.5000\n0.0000      NaN", text);
    }

    [Fact]
    public void A_large_tensor_shows_its_corners_and_says_so()
    {
        var text = TensorView.Of(SlideExamples.Normal(1, 20, 4, 50, 60)).ToText();

        Assert.StartsWith("tensor 20 × 4 × 50 × 60, float32 (System.Numerics.Tensors), showing [0, 0, :, :]", text);
        Assert.Equal(1 + 7, text.Split('\n').Length);
        Assert.Contains("…", text);
    }

    [Fact]
    public void A_torch_tensor_looks_the_same_and_keeps_its_type()
    {
        var text = TensorView.Of(torch.arange(3)).ToText();

        Assert.Contains("int64 (TorchSharp)", text);
        Assert.Contains("0.0000  1.0000  2.0000", text);
    }

    [Fact]
    public void An_empty_tensor_and_a_scalar_can_be_shown()
    {
        Assert.Contains("0 × 3", TensorView.Of(Tensor.Create(Array.Empty<float>(), [0, 3])).ToText());
        Assert.Contains("1.0000", TensorView.Of(torch.ones(1)).ToText());
    }

    [Fact]
    public void A_comparison_shows_differences_and_times()
    {
        var text = ComparisonView.Of(SlideExamples.BatchNorm1d()).ToText();

        Assert.StartsWith("BatchNorm1d, 22 × 102", text);
        Assert.Contains("largest difference", text);
        Assert.Matches(@"time by libtorch +[\d.E+-]+ ms", text);
    }

    [Fact]
    public void A_data_frame_shows_its_head_and_how_much_is_left_out()
    {
        DataFrameColumn[] columns = [.. Enumerable.Range(0, 9).Select(c => new DoubleDataFrameColumn($"c{c}", Enumerable.Range(0, 12).Select(r => r + c / 10.0)))];

        var text = DataFrameView.Of(new DataFrame(columns)).ToText();

        Assert.StartsWith("12 rows × 9 columns, showing 10 × 8", text);
        Assert.DoesNotContain("c8", text);
        Assert.Equal(1 + 1 + 10, text.Split('\n').Length);
    }
}
