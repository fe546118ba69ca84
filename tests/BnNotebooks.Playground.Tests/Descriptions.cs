using BnNotebooks.Core;

namespace BnNotebooks.Playground.Tests;

/// <summary>Descriptions of runs for tests.</summary>
static class Descriptions
{
    /// <summary>A run with each of the library's normalizations.</summary>
    public static TheoryData<string> OfEveryNormalization =>
        [.. Normalizations.Names.Select(name => $$"""{"normalization":"{{name}}","depth":2,{{Rest(name)}} }""")];

    // Of 16 units group norm makes groups of two, in which each is about +1 or −1, and training is erratic. Of 14 it makes two groups of seven.
    static string Rest(string normalization) => "\"data\":\"moons\"" + (normalization == "group" ? ",\"width\":14,\"rate\":0.01" : "");

    /// <summary>What else a reader can choose.</summary>
    public static TheoryData<string> OfEveryChoice =>
    [
        "{}",
        """{"data":"circles","seed":3}""",
        """{"data":"moons","activation":"sigmoid","start":"xavier","rate":0.01}""",
        """{"data":"scaled","rate":0}""",
        """{"data":"moons","placement":"after","start":"pytorch","activation":"sigmoid","rate":0.01}""",
        """{"depth":10,"width":8,"start":"pytorch","rate":0.01}""",
        """{"momentum":0.01,"batchSize":8,"seed":7}""",
        """{"activation":"sigmoid","placement":"after","normalization":"layer","rate":0.01}""",
        """{"rate":0.01,"growth":1.01,"start":"xavier"}""",
    ];
}
