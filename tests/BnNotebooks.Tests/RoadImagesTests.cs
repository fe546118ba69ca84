using System.Numerics.Tensors;
using BnNotebooks.Data;

namespace BnNotebooks.Tests;

public class RoadImagesTests
{
    [Fact]
    public void Images_and_steering_have_their_shapes_and_ranges()
    {
        var roads = RoadImages.Make(200, seed: 3);
        var pixels = Values(roads);

        Assert.Equal([200, 3, 24, 32], roads.Pixels.Lengths.ToArray().Select(length => (int)length));
        Assert.All(pixels, value => Assert.InRange(value, 0f, 1f));
        Assert.Equal(200, roads.Steering.Length);
        Assert.All(roads.Steering, value => Assert.InRange(value, -1f, 1f));
        // Steering is not all straight on: it fills a good part of its range, to both sides.
        Assert.InRange(roads.Steering.Min(), -1, -0.6);
        Assert.InRange(roads.Steering.Max(), 0.6, 1);
    }

    [Fact]
    public void A_seed_gives_the_same_images_again_and_another_seed_gives_others()
    {
        var once = RoadImages.Make(5, seed: 1);

        Assert.Equal(Values(once), Values(RoadImages.Make(5, seed: 1)));
        Assert.Equal(Values(once)[..(3 * 3 * 24 * 32)], Values(RoadImages.Make(3, seed: 1))); // the first ones of more
        Assert.NotEqual(Values(once), Values(RoadImages.Make(5, seed: 2)));
    }

    [Fact]
    public void Seed_1_gives_the_images_that_it_gave_when_this_was_written()
    {
        var roads = RoadImages.Make(100, seed: 1);
        double[] pixels = [.. Values(roads)];

        // Sums of doubles from Math.Exp, Log and Cos, whose last bits may differ between machines; one grey level is 4e-3.
        Assert.Equal(0.4690006, pixels.Average(), 1e-6);
        Assert.Equal(0.2691304, pixels.Average(pixel => pixel * pixel), 1e-6);
        Assert.Equal([-0.0402087, 0.5763789, -0.3974240], roads.Steering[..3].Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void The_weather_changes_the_images_and_not_the_roads()
    {
        var clear = RoadImages.Make(20, seed: 1);
        var dusk = RoadImages.Make(20, seed: 1, RoadWeather.Dusk);
        var foggy = RoadImages.Make(20, seed: 1, RoadWeather.Foggy);

        Assert.Equal(clear.Roads, dusk.Roads);
        Assert.Equal(clear.Roads, foggy.Roads);
        // Dusk leaves 0.35 of the light. Noise that would go below 0 is cut off there, which lifts the mean a little.
        Assert.InRange(Values(dusk).Average() / Values(clear).Average(), 0.33, 0.38);
        Assert.True(Spread(foggy) < 0.8 * Spread(clear), $"{Spread(foggy)} against {Spread(clear)}: fog should take contrast away.");
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0.02, 0, 0, 1)] // the road bends to the right
    [InlineData(-0.02, 0, 0, -1)]
    [InlineData(0, 0.5, 0, -1)] // the car is too far to the right
    [InlineData(0, -0.5, 0, 1)]
    [InlineData(0, 0, 0.05, -1)] // the car points to the right
    [InlineData(0, 0, -0.05, 1)]
    public void One_steers_with_the_bend_and_back_to_the_centre_line(double curvature, double offset, double heading, int sign) =>
        Assert.Equal(sign, Math.Sign(new Road(curvature, offset, heading).Steering));

    [Fact]
    public void The_sharpest_roads_are_steered_with_1_and_minus_1()
    {
        // Equal but for the rounding of a few sums.
        Assert.Equal(1, new Road(Road.MaxCurvature, -Road.MaxOffset, -Road.MaxHeading).Steering, 1e-12);
        Assert.Equal(-1, new Road(-Road.MaxCurvature, Road.MaxOffset, Road.MaxHeading).Steering, 1e-12);
    }

    [Fact]
    public void A_car_that_drives_the_arc_reaches_the_centre_line_10_m_ahead()
    {
        var road = new Road(0.01, 0.6, -0.04);
        var arc = road.Steering * (Road.MaxCurvature + 2 * Road.MaxOffset / 100 + 2 * Road.MaxHeading / 10);

        Assert.Equal(road.CentreAt(10), arc * 10 * 10 / 2, 1e-12);
    }

    [Theory]
    [InlineData(0.03, 0, 0)]
    [InlineData(0, -0.8, 0)]
    [InlineData(0, 0, -0.08)]
    public void The_road_is_seen_where_it_lies(double curvature, double offset, double heading)
    {
        // All three put it to the right of straight on, 7.7 m ahead; their mirror images put it to the left.
        var right = MiddleOfRoad(new Road(curvature, offset, heading), row: 13);
        var left = MiddleOfRoad(new Road(-curvature, -offset, -heading), row: 13);

        Assert.InRange(right, 17, 24);
        Assert.Equal(16, (left + right) / 2, 0.2); // between samples that lie a tenth of a column apart
    }

    [Fact]
    public void None_can_be_made_of_a_count_of_zero() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RoadImages.Make(0, seed: 1));

    /// <summary>The mean column at which the camera sees no grass, which is the only thing much greener than blue.</summary>
    static double MiddleOfRoad(Road road, double row)
    {
        var scene = new RoadScene(road, RoadWeather.Clear, new Random(0));
        return Enumerable.Range(0, 320).Select(i => (i + 0.5) / 10).Where(column => scene.Seen(row, column) is var seen && seen.Y - seen.Z < 0.1f).Average();
    }

    static float[] Values(RoadImages roads)
    {
        var values = new float[roads.Pixels.FlattenedLength];
        roads.Pixels.FlattenTo(values);
        return values;
    }

    static double Spread(RoadImages roads)
    {
        double[] pixels = [.. Values(roads)];
        var mean = pixels.Average();
        return Math.Sqrt(pixels.Average(pixel => (pixel - mean) * (pixel - mean)));
    }
}
