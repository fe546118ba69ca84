using BnNotebooks.Core;

namespace BnNotebooks.Playground.Tests;

/// <summary>Descriptions of runs for tests.</summary>
static class Descriptions
{
    /// <summary>A run with each of the library's normalizations.</summary>
    public static TheoryData<string> OfEveryNormalization => [.. Normalizations.Names.Select(name => $$"""{"normalization":"{{name}}","data":"moons","depth":2}""")];

    /// <summary>What else a reader can choose.</summary>
    public static TheoryData<string> OfEveryChoice =>
    [
        "{}",
        """{"data":"circles","activation":"sigmoid","start":"xavier"}""",
        """{"data":"scaled","placement":"after","start":"pytorch"}""",
        """{"depth":10,"width":8,"start":"pytorch"}""",
        """{"momentum":0.01,"batchSize":8,"seed":7}""",
        """{"activation":"sigmoid","placement":"after","normalization":"layer"}""",
        """{"rate":0.01,"growth":1.01,"start":"xavier"}""",
    ];
}
