using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A layer or network: named parameters, buffers and submodules, and the mode it is in.</summary>
        public class Module : IDisposable
        {
            readonly string name;
            readonly OrderedDictionary<string, Parameter> ownParameters = [];
            readonly OrderedDictionary<string, Tensor> ownBuffers = [];
            readonly OrderedDictionary<string, Module> submodules = [];

            protected Module(string name) => this.name = name;

            public virtual bool training { get; private set; } = true;
            public virtual string GetName() => name;
            public virtual void eval() => train(false);

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var child in Submodules) child.train(train);
            }

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                ownParameters.Select(own => (own.Key, own.Value)).Concat(
                    submodules.Where(_ => recurse).SelectMany(child =>
                        child.Value.named_parameters().Select(named => ($"{child.Key}.{named.name}", named.parameter))));

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(named => named.parameter);

            public virtual void register_parameter(string name, Parameter param) => SetParameter(name, param);

            /// <summary>Registers every field that holds a module, a parameter or a tensor, under the field's name.</summary>
            protected virtual void RegisterComponents()
            {
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    if (field.GetValue(this) is Module module) AddModule(field.Name, module);
                    else if (field.GetValue(this) is Parameter parameter) SetParameter(field.Name, parameter);
                    else if (field.GetValue(this) is Tensor tensor) SetBuffer(field.Name, tensor);
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var tensor in ownParameters.Values.Concat(ownBuffers.Values)) tensor.Dispose();
                foreach (var child in Submodules) child.Dispose();
            }

            private protected IEnumerable<Module> Submodules => submodules.Values;
            private protected void AddModule(string name, Module module) => submodules[name] = module;

            private protected Parameter? OwnParameter(string name) => ownParameters.GetValueOrDefault(name);
            private protected Tensor? OwnBuffer(string name) => ownBuffers.GetValueOrDefault(name);

            // What belongs to a module outlives the scope it was made in.
            private protected void SetParameter(string name, Parameter? value)
            {
                if (value is null) ownParameters.Remove(name);
                else ownParameters[name] = (Parameter)value.DetachFromDisposeScope();
            }

            private protected void SetBuffer(string name, Tensor? value)
            {
                if (value is null) ownBuffers.Remove(name);
                else ownBuffers[name] = value.DetachFromDisposeScope();
            }
        }

        /// <summary>A module of one input.</summary>
        public abstract class Module<T, TResult> : Module
        {
            protected Module(string name) : base(name) { }

            public abstract TResult forward(T input);

            public TResult call(T input) => forward(input);
        }

        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        public static BatchNorm1d BatchNorm1d(
            long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
            Device? device = null, ScalarType? dtype = null) =>
            new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, dtype));
        public static BatchNorm2d BatchNorm2d(
            long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
            Device? device = null, ScalarType? dtype = null) =>
            new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, dtype));
        public static BatchNorm3d BatchNorm3d(
            long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
            Device? device = null, ScalarType? dtype = null) =>
            new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, dtype));
        public static InstanceNorm1d InstanceNorm1d(
            long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false,
            Device? device = null, ScalarType? dtype = null) =>
            new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, dtype));
        public static InstanceNorm2d InstanceNorm2d(
            long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false,
            Device? device = null, ScalarType? dtype = null) =>
            new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, dtype));
        public static GroupNorm GroupNorm(
            long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null,
            ScalarType? dtype = null) =>
            new(num_groups, num_channels, eps, affine, dtype);
        public static LayerNorm LayerNorm(
            long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
            ScalarType? dtype = null) =>
            new(normalized_shape, eps, elementwise_affine, bias, dtype);
        public static LayerNorm LayerNorm(
            long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
            ScalarType? dtype = null) =>
            new([normalized_shape], eps, elementwise_affine, bias, dtype);
        public static Linear Linear(
            long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, outputSize, hasBias, dtype);
        public static Conv2d Conv2d(
            long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
            PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
            ScalarType? dtype = null) =>
            new([out_channels, in_channels / groups, kernel_size, kernel_size], stride, padding, dilation, groups, bias, dtype);
        public static MaxPool2d MaxPool2d(
            long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
            new(x => functional.max_pool2d(x, kernel_size, stride, padding, dilation, ceil_mode));
        public static AvgPool2d AvgPool2d(
            long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true,
            long? divisor_override = null) =>
            new(x => functional.avg_pool2d(
                x, kernel_size, stride, padding ?? 0, ceil_mode, count_include_pad, divisor_override));
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new(output_size);
        public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);
        public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
        public static ReLU ReLU(bool inplace = false) => new(inplace);
        public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);
        public static Sigmoid Sigmoid() => new();
        public static Tanh Tanh() => new();
        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
            new(modules.Select((module, i) => (i.ToString(), module)));
        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);
    }
}
