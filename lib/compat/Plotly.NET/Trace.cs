namespace Plotly.NET;

/// <summary>One series of a chart: its plotly type ("violin", "bar", …) and whatever attributes are set on it.</summary>
public class Trace(string traceTypeName) : DynamicObj.DynamicObj
{
    /// <summary>The plotly trace type.</summary>
    public string type { get; set; } = traceTypeName;
}

/// <summary>All that is not a trace: axes, titles, sizes, annotations.</summary>
public class Layout : DynamicObj.DynamicObj;

/// <summary>How the chart behaves on the page: responsive, mode bar, and so on.</summary>
public class Config : DynamicObj.DynamicObj;
