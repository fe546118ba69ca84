using Plotly.NET;

namespace Compat.Tests.Plotly;

/// <summary>The expected texts are what the real Plotly.NET 6.0 wrote for the same calls; 5.1 serializes with the same settings.</summary>
public class GenericChartTests
{
    [Fact]
    public void ToJson_has_data_layout_and_config_always_and_in_this_order()
    {
        var chart = GenericChart.ofTraceObjects(false, new[] { new Trace("bar"), new Trace("box") });

        Assert.Equal("""{"data":[{"type":"bar"},{"type":"box"}],"layout":{},"config":{}}""", GenericChart.toJson(chart));
    }

    [Fact]
    public void ToFigureJson_has_empty_frames_and_no_config()
    {
        var chart = GenericChart.setConfig(With(new Config(), "responsive", true), GenericChart.ofTraceObject(false, new Trace("bar")));

        Assert.Equal("""{"data":[{"type":"bar"}],"layout":{},"frames":[]}""", GenericChart.toFigureJson(chart));
    }

    [Fact]
    public void A_chart_may_have_no_trace() =>
        Assert.Equal("""{"data":[],"layout":{},"config":{}}""", GenericChart.toJson(GenericChart.ofTraceObjects(false, Array.Empty<Trace>())));

    [Fact]
    public void Layout_and_config_replace_the_old_ones_in_a_new_chart_and_leave_the_first_as_it_was()
    {
        var chart = GenericChart.ofTraceObject(false, new Trace("bar"));
        var layout = With(new Layout(), "title", "t");
        var config = With(new Config(), "responsive", true);

        var titled = GenericChart.setConfig(config, GenericChart.setLayout(layout, chart));

        Assert.Equal("""{"data":[{"type":"bar"}],"layout":{"title":"t"},"config":{"responsive":true}}""", GenericChart.toJson(titled));
        Assert.Equal("""{"data":[{"type":"bar"}],"layout":{},"config":{}}""", GenericChart.toJson(chart));
        Assert.Same(layout, GenericChart.getLayout(titled));
        Assert.Same(config, GenericChart.getConfig(titled));
    }

    [Fact]
    public void CountTrace_counts_the_traces()
    {
        Assert.Equal(1, GenericChart.countTrace(GenericChart.ofTraceObject(false, new Trace("bar"))));
        Assert.Equal(2, GenericChart.countTrace(GenericChart.ofTraceObjects(false, new List<Trace> { new("bar"), new("box") })));
    }

    [Fact]
    public void The_default_template_is_refused_rather_than_left_out()
    {
        var refusal = Assert.Throws<NotSupportedException>(() => GenericChart.ofTraceObject(true, new Trace("bar")));

        Assert.Contains("useDefaults", refusal.Message);
    }

    public static TheoryData<object?, string> Values() => new()
    {
        { new[] { 1, 0.1, 1e300, 1e-7, 123456789012345678, -0.0, 1e15, 1e16, 5e-324 },
            "[1.0,0.1,1E+300,1E-07,1.2345678901234568E+17,-0.0,1000000000000000.0,10000000000000000.0,5E-324]" },
        { new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity }, """["NaN","Infinity","-Infinity"]""" },
        { new[] { 1, 0.1f, 1e30f, float.NaN, 16777216, 1e-7f }, """[1.0,0.1,1E+30,"NaN",16777216.0,1E-07]""" },
        { new List<object?> { 1L, true, null, 'c', 1.5m, 100m, DayOfWeek.Friday, (byte)7 }, """[1,true,null,"c",1.5,100.0,5,7]""" },
        { new double[,] { { 1, 2 }, { 3, 4 } }, "[[1.0,2.0],[3.0,4.0]]" },
        { new[] { new[] { 1.0, 2.0 }, [3.0] }, "[[1.0,2.0],[3.0]]" },
        { Array.Empty<double>(), "[]" },
        { Enumerable.Range(0, 3), "[0,1,2]" },
        { new Dictionary<string, object> { ["B"] = 1, ["a"] = new Dictionary<string, object> { ["x"] = "y" } }, """{"B":1,"a":{"x":"y"}}""" },
        { new SortedDictionary<int, string> { [1] = "a" }, """{"1":"a"}""" },
        { With(new DynamicObj.DynamicObj(), "q", 1), """{"q":1}""" },
        { null, "null" },
        { "a\"\\/</script>\u2028é\u0001\n\t'&<>", """
            "a\"\\/</script>\u2028é\u0001\n\t'&<>"
            """ },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void A_value_is_written_as_the_real_package_writes_it(object? value, string json)
    {
        var chart = GenericChart.ofTraceObject(false, With(new Trace("bar"), "v", value));

        Assert.Equal("""{"data":[{"type":"bar","v":""" + json + """}],"layout":{},"config":{}}""", GenericChart.toJson(chart));
    }

    [Fact]
    public void A_value_of_an_unknown_type_is_refused_by_name()
    {
        var chart = GenericChart.ofTraceObject(false, With(new Trace("bar"), "v", new DateTime(2020, 1, 2)));

        Assert.Contains("System.DateTime", Assert.Throws<NotSupportedException>(() => GenericChart.toJson(chart)).Message);
    }

    static T With<T>(T o, string name, object? value) where T : DynamicObj.DynamicObj
    {
        o.SetValue(name, value);
        return o;
    }
}
