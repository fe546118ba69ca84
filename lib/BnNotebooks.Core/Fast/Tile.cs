namespace BnNotebooks.Core;

/// <summary>Some samples of some channels of a batch: from and to, the latter not included.</summary>
internal readonly record struct Tile(int N0, int N1, int C0, int C1)
{
    public int Rows => N1 - N0;

    public int Channels => C1 - C0;
}
