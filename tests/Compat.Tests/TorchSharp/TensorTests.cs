using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.Torch;

[Collection(OneAtATime)]
public sealed class TensorTests : LibTorchTests
{
    [Fact]
    public void Numbers_come_back_as_they_went_in()
    {
        Assert.Equal([1f, 2, 3, 4, 5, 6], Numbers(tensor([1f, 2, 3, 4, 5, 6], [2, 3])));
        Assert.Equal([0.1, 1e300], tensor([0.1, 1e300]).data<double>().ToArray());
        Assert.Equal([long.MinValue, long.MaxValue], tensor([long.MinValue, long.MaxValue]).data<long>().ToArray());
        Assert.Equal([1.5, 2.5], tensor([1.5, 2.5], [2, 1]).data<double>().ToArray());
    }

    [Fact]
    public void A_tensor_knows_its_shape_and_type()
    {
        var x = zeros(2, 3, 4);

        Assert.Equal([2, 3, 4], x.shape);
        Assert.Equal((3, 24), (x.ndim, x.NumberOfElements));
        Assert.Equal(float32, x.dtype);
        Assert.Equal("[2x3x4], type = Float32, device = cpu", x.ToString());
        Assert.Equal(float64, ones([2], float64).dtype);
        Assert.Equal(int64, arange(5).dtype);
        Assert.Equal(float32, tensor([1.0], dtype: float32).dtype);
        Assert.Equal(float64, x.to_type(float64).dtype);
    }

    [Fact]
    public void Filled_tensors_have_the_shape_asked_for_and_the_numbers()
    {
        long[] one = [2], two = [2, 1], three = [2, 1, 3], four = [2, 1, 3, 1];
        Assert.Equal([one, one, two, three, four],
            new[] { zeros(one), zeros(2), zeros(2, 1), zeros(2, 1, 3), zeros(2, 1, 3, 1) }.Select(x => x.shape));
        Assert.Equal([one, one, two, three, four],
            new[] { ones(one), ones(2), ones(2, 1), ones(2, 1, 3), ones(2, 1, 3, 1) }.Select(x => x.shape));
        Assert.Equal([one, one, two, three, four],
            new[] { randn(one), randn(2), randn(2, 1), randn(2, 1, 3), randn(2, 1, 3, 1) }.Select(x => x.shape));
        Assert.Equal([one, one, two], new[] { rand(one), rand(2), rand(2, 1) }.Select(x => x.shape));
        Assert.Equal([0f, 1, 2.5f], new[] { zeros(1), ones(1), full([1], 2.5) }.Select(x => x.item<float>()));
        Assert.All(Numbers(rand(100)), number => Assert.InRange(number, 0, 1));
        Assert.Throws<NotSupportedException>(() => zeros(2, names: ["N"]));
    }

    [Fact]
    public void Reading_a_transposed_tensor_follows_its_own_order() =>
        Assert.Equal([0f, 3, 1, 4, 2, 5], Numbers(Aten.Call("t", arange(6f).reshape(2, 3))));

    [Fact]
    public void Operators_take_tensors_and_numbers_on_either_side()
    {
        var x = tensor([1f, 2, 4]);

        Assert.Equal([3f, 5, 9], Numbers(2 * x + 1));
        Assert.Equal([0f, -1, -3], Numbers(1 - x));
        Assert.Equal([4f, 2, 1], Numbers(4 / x));
        Assert.Equal([-1f, -2, -4], Numbers(-x));
        Assert.Equal([0f, 0, 0], Numbers((x * x / x - x).abs()));
    }

    [Fact]
    public void Elementwise_functions_are_torchs()
    {
        AssertClose([1, 2, 3], tensor([1f, 4, 9]).sqrt());
        AssertClose([1, 16, 81], tensor([1f, 4, 9]).square());
        AssertClose([1, (float)Math.E], tensor([0f, 1]).exp());
        AssertClose([1, 5], tensor([1f, 2]).max(tensor([0f, 5])));
        AssertClose([0, 2], tensor([1f, 2]).min(tensor([0f, 5])));
        AssertClose([0.5f, 0.75f], tensor([0f, (float)Math.Log(3)]).sigmoid());
        AssertClose([0.5f, 0.75f], nn.functional.sigmoid(tensor([0f, (float)Math.Log(3)])));
        AssertClose([0, 2], tensor([-2f, 2]).relu());
        AssertClose([0, (float)Math.Tanh(1)], tensor([0f, 1]).tanh());
        AssertClose([1, 8], tensor([1f, 2]).pow(3));
        AssertClose([0, 1], tensor([1f, (float)Math.E]).log());
        Assert.Equal([0f, 1], Numbers(tensor([1f, 2]).eq(tensor([2f, 2])).to_type(float32)));
        AssertClose([3, 7], tensor([1f, 2, 3, 4], [2, 2]).matmul(ones(2, 1)));
    }

    [Fact]
    public void Reductions_take_dimensions_keepdim_and_unbiased()
    {
        var x = tensor([1f, 2, 3, 6, 1, 0], [2, 3]); // columns 1,6  2,1  3,0

        AssertClose([3.5f, 1.5f, 1.5f], x.mean([0]));
        AssertClose([6, 7], x.sum([1]));
        AssertClose([12.5f, 0.5f, 4.5f], x.var([0L]));
        AssertClose([6.25f, 0.25f, 2.25f], x.var([0L], unbiased: false));
        AssertClose([2.5f, 0.5f, 1.5f], x.std([0L], unbiased: false));
        AssertClose([7, 3, 3], x.sum([0]));
        Assert.Equal(13f / 6, x.mean().item<float>(), 1e-6f); // one rounding
        Assert.Equal([1, 3], x.mean([0], keepdim: true).shape);
        Assert.Equal((6f, 0f), (x.max().item<float>(), x.min().item<float>()));
        AssertClose([5], tensor([3f, -4]).norm());
        AssertClose([7], tensor([3f, -4]).norm(1));
        Assert.Equal([2L, 0], x.argmax(1).data<long>().ToArray());
    }

    [Fact]
    public void Views_and_copies_keep_the_numbers()
    {
        var x = arange(6f);

        Assert.Equal([1, 2, 3], x.view(2, 3).unsqueeze(0).shape);
        Assert.Equal([3f, 4, 5], Numbers(x.view(2, 3).select(0, 1)));
        var (copy, same) = (x.clone(), x.contiguous());
        x.zero_();
        Assert.Equal([0f, 1, 2, 3, 4, 5], Numbers(copy));
        Assert.Equal(new float[6], Numbers(same));
        Assert.Equal((true, false), (allclose(copy, arange(6f)), allclose(copy, x)));
    }

    [Fact]
    public void Parts_of_a_tensor_are_picked_and_put_together()
    {
        var x = arange(6f).reshape(3, 2);

        Assert.Equal([4f, 5, 0, 1], Numbers(x.index_select(0, tensor([2L, 0]))));
        Assert.Equal([2f, 3], Numbers(x.narrow(0, 1, 1)));
        Assert.Equal([0f, 2, 4, 1, 3, 5], Numbers(x.transpose(0, 1)));
        Assert.Equal([6], x.flatten().shape);
        Assert.Equal([0f, 1, 4, 5], Numbers(cat([x.narrow(0, 0, 1), x.narrow(0, 2, 1)])));
        Assert.Equal([3, 4], cat([x, x], 1).shape);
        Assert.Equal([2, 3, 2], stack([x, x]).shape);
        Assert.Equal([3, 2, 2], stack([x, x], 2).shape);
    }

    [Fact]
    public void The_variance_of_everything_is_unbiased_whatever_is_asked_as_in_TorchSharp()
    {
        AssertClose([1], tensor([1f, 2, 3]).var());
        AssertClose([1], tensor([1f, 2, 3]).var(unbiased: false));
        AssertClose([1], tensor([0f, 2]).std(unbiased: false));
    }

    [Fact]
    public void Functions_in_place_change_the_tensor_and_return_it()
    {
        var x = ones(2);

        Assert.Same(x, nn.functional.relu(x, inplace: true));
        Assert.Same(x, x.add_(1).mul_(3).add_(ones(2), 0.5));
        Assert.Equal([6.5f, 6.5f], Numbers(x));
        Assert.Same(x, x.addcmul_(ones(2) * 3, ones(2) * 4, 0.5).addcdiv_(ones(2) * 3, ones(2) * 4, 2));
        Assert.Equal([14f, 14], Numbers(x)); // 6.5 + 3·4/2 + 2·3/4
    }

    [Fact]
    public void An_error_of_libtorch_surfaces_with_its_message()
    {
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).matmul(zeros(2, 3)));

        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message);
    }

    [Fact]
    public void An_unknown_operator_or_a_missing_argument_is_named()
    {
        Assert.Contains("aten::no_such_operator", Assert.Throws<ExternalException>(() => Aten.Call("no_such_operator")).Message);
        Assert.Contains("needs an argument 'mat2'", Assert.Throws<ExternalException>(() => Aten.Call("mm", ones(1, 1))).Message);
    }

    [Fact]
    public void Asking_for_another_type_or_for_one_number_of_many_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => zeros(2).data<double>());

        Assert.Equal("Double is not compatible with Float32", error.Message);
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
        Assert.Contains("4 vs. 3", Assert.Throws<ArgumentException>(() => tensor([1f, 2, 3], [2, 2])).Message);
    }
}
