using Plotly.NET;

namespace Compat.Tests.Plotly;

public class DynamicObjTests
{
    [Fact]
    public void Properties_come_out_in_the_order_of_their_first_setting()
    {
        var o = new DynamicObj.DynamicObj();
        o.SetValue("b", 1);
        o.SetValue("a", "x");
        o.SetValue("b", 2.5);

        Assert.Equal([new("b", 2.5), new("a", "x")], o.GetProperties(true));
    }

    [Fact]
    public void A_declared_property_is_set_and_listed_under_its_name_before_the_others()
    {
        var trace = new Trace("bar");
        trace.SetValue("name", "n");
        trace.SetValue("type", "violin");

        Assert.Equal("violin", trace.type);
        Assert.Equal(["type", "name"], trace.GetDynamicMemberNames());
        Assert.Equal([new("name", "n")], trace.GetProperties(false));
    }

    [Fact]
    public void A_declared_property_refuses_a_value_of_another_type() =>
        Assert.Throws<ArgumentException>(() => new Trace("bar").SetValue("type", 3));

    [Fact]
    public void Remove_takes_a_property_away_and_says_whether_there_was_one()
    {
        var trace = new Trace("bar");
        trace.SetValue("name", "n");

        Assert.True(trace.Remove("name"));
        Assert.False(trace.Remove("name"));
        Assert.Equal(["type"], trace.GetDynamicMemberNames());
    }

    [Fact]
    public void Removing_a_declared_property_sets_it_to_null()
    {
        var trace = new Trace("bar");

        Assert.True(trace.Remove("type"));
        Assert.Null(trace.type);
    }

    [Fact]
    public void Members_can_be_used_through_dynamic()
    {
        dynamic trace = new Trace("bar");
        trace.width = 3;
        trace.type = "box";

        Assert.Equal(3, trace.width);
        Assert.Equal("box", trace.type);
        Assert.Throws<Microsoft.CSharp.RuntimeBinder.RuntimeBinderException>(() => trace.height);
    }
}
