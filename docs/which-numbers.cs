#!/usr/bin/env -S dotnet run
// Draws which numbers of a batch each normalization averages over, for the package's README. The picture is measured, not
// drawn by hand: each number of the input is moved in turn, and coloured if the marked output then changes. To renew it:
//   dotnet docs/which-numbers.cs out/which-numbers.svg
//   chromium --headless --no-sandbox --hide-scrollbars --force-device-scale-factor=2 --window-size=700,370 \
//     --screenshot=lib/BnNotebooks.Core/which-numbers.png out/which-numbers.svg
#:project ../lib/BnNotebooks.Core
#:property PublishAot=false
#:property TargetFramework=net10.0
#:property HasCopiesToMend=false

using System.Numerics.Tensors;
using System.Text;
using BnNotebooks.Core;

const int N = 4, C = 6, H = 2, W = 2, Marked = (1 * C + 2) * H * W; // the first pixel of sample 2, channel 3
const int Cell = 30, Pixel = Cell / 2, PanelWidth = 225, PanelHeight = 185;

(string Name, Func<Layer<double>> Make)[] panels =
[
    ("BatchNorm2d", () => new BatchNorm2d<double>(C)),
    ("GhostBatchNorm, by twos", () => new GhostBatchNorm<double>(new BatchNorm2d<double>(C), 2)),
    ("SwitchableNorm", () => new SwitchableNorm<double>(C)),
    ("LayerNorm, RmsNorm", () => new LayerNorm<double>([C, H, W])),
    ("GroupNorm, 3 groups", () => new GroupNorm<double>(3, C)),
    ("InstanceNorm2d", () => new InstanceNorm2d<double>(C)),
];

var random = new Random(1);
var x = Enumerable.Range(0, N * C * H * W).Select(_ => random.NextDouble()).ToArray();
var svg = new StringBuilder("""
    <svg xmlns="http://www.w3.org/2000/svg" width="700" height="370" viewBox="0 0 700 370">
    <style>
    text { font: 13px system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; fill: #24292f; }
    .name { font-weight: 600; }
    .axis { font-size: 12px; fill: #57606a; }
    .cell { fill: none; stroke: #57606a; stroke-width: 1.2; }
    .no { fill: #eef1f4; } .yes { fill: #7cc5cf; } .marked { fill: #0b4f58; }
    </style>
    <rect width="700" height="370" fill="white"/>

    """);
for (var panel = 0; panel < panels.Length; panel++)
{
    var (left, top) = (24 + panel % 3 * PanelWidth, 36 + panel / 3 * PanelHeight);
    svg.AppendLine($"<text class=\"name\" x=\"{left}\" y=\"{top - 14}\">{panels[panel].Name}</text>");
    for (var i = 0; i < x.Length; i++)
    {
        var (n, c, h, w) = (i / (C * H * W), i / (H * W) % C, i / W % H, i % W);
        var kind = i == Marked ? "marked" : Reaches(i, panels[panel].Make) ? "yes" : "no";
        svg.AppendLine($"<rect class=\"{kind}\" x=\"{left + c * Cell + w * Pixel}\" y=\"{top + n * Cell + h * Pixel}\" width=\"{Pixel - 1}\" height=\"{Pixel - 1}\"/>");
    }
    for (var i = 0; i < N * C; i++)
        svg.AppendLine($"<rect class=\"cell\" x=\"{left + i % C * Cell - 0.5}\" y=\"{top + i / C * Cell - 0.5}\" width=\"{Cell}\" height=\"{Cell}\"/>");
    svg.AppendLine($"<text class=\"axis\" x=\"{left}\" y=\"{top + N * Cell + 16}\">channels →</text>");
    svg.AppendLine($"<text class=\"axis\" text-anchor=\"end\" transform=\"translate({left - 8} {top}) rotate(-90)\">← samples</text>");
}
svg.AppendLine("</svg>");
File.WriteAllText(args[0], svg.ToString());

bool Reaches(int i, Func<Layer<double>> make)
{
    var moved = x.ToArray();
    moved[i] += 0.1;
    return Output(make(), moved) != Output(make(), x);
}

static double Output(Layer<double> layer, double[] input) => layer.Forward(Tensor.Create(input, [N, C, H, W]))[1, 2, 0, 0];
