using System.Numerics;
using System.Numerics.Tensors;
using BnNotebooks.Experiments;

namespace BnNotebooks.Data;

/// <summary>Generated camera images of a curving road, and the steering that each asks for. No file is needed.</summary>
/// <param name="Pixels">The pixels, from 0 to 1, of shape (images, 3, 24, 32): red, green and blue; rows; columns.</param>
/// <param name="Roads">The road in each image, which knows the right steering.</param>
public sealed record RoadImages(Tensor<float> Pixels, Road[] Roads)
{
    const int Channels = 3, Rows = 24, Columns = 32;
    const int Samples = 3; // along each side of a pixel, so that thin lines far away fade instead of breaking up

    /// <summary>The right steering for each image, from -1 (hard left) to 1 (hard right); see <see cref="Road.Steering"/>.</summary>
    public float[] Steering => Array.ConvertAll(Roads, road => (float)road.Steering);

    /// <summary>Makes images: the road, the light, the grass and the dashes differ from one to the next.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same roads in any weather, and the same first ones for any count.</param>
    /// <param name="weather">Clear, if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    public static RoadImages Make(int count, int seed, RoadWeather? weather = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        weather ??= RoadWeather.Clear;
        var random = new Random(seed);
        var roads = new Road[count];
        var pixels = new float[count * Channels * Rows * Columns];
        for (var i = 0; i < count; i++)
        {
            roads[i] = Road.Draw(random);
            var scene = new RoadScene(roads[i], weather, random);
            var image = pixels.AsSpan(i * Channels * Rows * Columns, Channels * Rows * Columns);
            for (var place = 0; place < Rows * Columns; place++)
            {
                var colour = Average(scene, place / Columns, place % Columns);
                for (var channel = 0; channel < Channels; channel++)
                    image[channel * Rows * Columns + place] = (float)Math.Clamp(colour[channel] + weather.NoiseStd * random.Normal(), 0, 1);
            }
        }
        return new(Tensor.Create(pixels, [count, Channels, Rows, Columns]), roads);
    }

    static Vector3 Average(RoadScene scene, int row, int column)
    {
        var sum = Vector3.Zero;
        for (var sample = 0; sample < Samples * Samples; sample++)
            sum += scene.Seen(row + (sample / Samples + 0.5) / Samples, column + (sample % Samples + 0.5) / Samples);
        return sum / (Samples * Samples);
    }
}
