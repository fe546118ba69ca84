namespace BnNotebooks;

/// <summary>Where this checkout lies: the folder that holds <c>BnNotebooks.sln</c>, above the library or the current directory.</summary>
public static class RepositoryRoot
{
    static readonly string Root = new[] { typeof(RepositoryRoot).Assembly.Location, Path.Combine(Environment.CurrentDirectory, "x") }
        .Where(start => start.Length > 0)
        .Select(start => Above(new FileInfo(start).Directory))
        .FirstOrDefault(root => root is not null)
        ?? throw new DirectoryNotFoundException(
            $"BnNotebooks.sln lies neither above {typeof(RepositoryRoot).Assembly.Location} nor above {Environment.CurrentDirectory}; open the notebooks inside a checkout of the project.");

    /// <summary>The path of a file of this checkout.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no checkout around.</exception>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    static string? Above(DirectoryInfo? folder)
    {
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "BnNotebooks.sln")))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
