using System.Reflection;
using Plotly.NET;

namespace BnNotebooks.Tests;

public class MendedCopiesTests
{
    [Theory]
    [InlineData("Giraffe.ViewEngine")]
    [InlineData("Fable.Core")]
    public void After_the_build_Plotlys_older_dependencies_ask_for_its_FSharp_Core(string name) =>
        Assert.Equal(FSharpCoreOf(typeof(GenericChart).Assembly), FSharpCoreOf(Assembly.Load(name)));

    static Version? FSharpCoreOf(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Single(reference => reference.Name == "FSharp.Core").Version;
}
