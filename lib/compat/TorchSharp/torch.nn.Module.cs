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
                foreach (var child in children()) child.train(train);
            }

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) => Named(recurse, module => module.ownParameters);
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) => Named(recurse, module => module.ownBuffers);
            public virtual IEnumerable<(string name, Module module)> named_children() => submodules.Select(child => (child.Key, child.Value));
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(named => named.parameter);
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) => named_buffers(recurse).Select(named => named.buffer);
            public virtual IEnumerable<Module> children() => submodules.Values;

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none) parameter.grad = null;
                    else parameter.grad?.zero_();
                }
            }

            // What belongs to a module outlives the scope it was made in.
            public virtual void register_parameter(string name, Parameter param) => ownParameters[name] = (Parameter)param.DetachFromDisposeScope();
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true) => ownBuffers[name] = tensor.DetachFromDisposeScope();
            public virtual void register_module(string name, Module submodule) => submodules[name] = submodule;

            /// <summary>Registers every field that holds a module, a parameter or a tensor, under the field's name.</summary>
            protected virtual void RegisterComponents()
            {
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    if (field.GetValue(this) is Module module) register_module(field.Name, module);
                    else if (field.GetValue(this) is Parameter parameter) register_parameter(field.Name, parameter);
                    else if (field.GetValue(this) is Tensor tensor) register_buffer(field.Name, tensor);
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
                foreach (var tensor in parameters(false).Concat(buffers(false))) tensor.Dispose();
                foreach (var child in children()) child.Dispose();
            }

            private protected Parameter? OwnParameter(string name) => ownParameters.GetValueOrDefault(name);
            private protected Tensor? OwnBuffer(string name) => ownBuffers.GetValueOrDefault(name);

            private protected void SetParameter(string name, Parameter? value)
            {
                if (value is null) ownParameters.Remove(name);
                else register_parameter(name, value);
            }

            private protected void SetBuffer(string name, Tensor? value)
            {
                if (value is null) ownBuffers.Remove(name);
                else register_buffer(name, value);
            }

            IEnumerable<(string, T)> Named<T>(bool recurse, Func<Module, OrderedDictionary<string, T>> own) =>
                own(this).Select(pair => (pair.Key, pair.Value)).Concat(
                    submodules.Where(_ => recurse).SelectMany(child =>
                        child.Value.Named(true, own).Select(pair => ($"{child.Key}.{pair.Item1}", pair.Item2))));
        }

        /// <summary>What can be called with one input.</summary>
        public interface IModule<in T, out TResult>
        {
            TResult call(T input1);
        }

        /// <summary>A module of one input.</summary>
        public abstract class Module<T, TResult> : Module, IModule<T, TResult>
        {
            protected Module(string name) : base(name) { }

            public abstract TResult forward(T input);

            public TResult call(T input) => forward(input);
        }

        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        public static BatchNorm1d BatchNorm1d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) => new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, device, dtype));
        public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) => new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, device, dtype));
        public static BatchNorm3d BatchNorm3d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) => new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, device, dtype));
        public static InstanceNorm1d InstanceNorm1d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null, ScalarType? dtype = null) => new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, device, dtype));
        public static InstanceNorm2d InstanceNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null, ScalarType? dtype = null) => new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, device, dtype));
        public static GroupNorm GroupNorm(long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null) => new(num_groups, num_channels, eps, affine, device, dtype);
        public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) => new(normalized_shape, eps, elementwise_affine, bias, device, dtype);
        public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) => new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) => new(inputSize, outputSize, hasBias, device, dtype);
        public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) => new(in_channels, out_channels, kernel_size, stride, padding, dilation, padding_mode, groups, bias, device, dtype);
        public static ReLU ReLU(bool inplace = false) => new(inplace);
        public static Sigmoid Sigmoid() => new();
        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules.Select((module, i) => (i.ToString(), module)));
        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);
    }
}
