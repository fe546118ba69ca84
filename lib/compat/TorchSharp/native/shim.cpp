// The few C functions through which the C# side reaches libtorch. All arithmetic is libtorch's: `call` looks an ATen
// operator up by its name and overload and runs it boxed, through the dispatcher and so through autograd too.
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/api/include/torch/version.h>

#include <dlfcn.h>

#include <cstring>
#include <string>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

// Must match the enum `Tag` and the struct `Value` in Interop/Value.cs.
enum Tag : int64_t { None, Tensor, Int, Double, Bool, IntList, TensorList };

struct Value {
    int64_t tag;
    int64_t bits;  // the int or bool, the double's bit pattern, or the length of a list
    void* pointer; // the tensor, or the elements of a list
};

thread_local std::string lastError;
thread_local std::string text;

at::Tensor& tensorAt(void* pointer) { return *static_cast<at::Tensor*>(pointer); }

c10::IValue toIValue(const Value& value) {
    switch (value.tag) {
        case None: return {};
        case Tensor: return tensorAt(value.pointer);
        case Int: return value.bits;
        case Double: {
            double number;
            std::memcpy(&number, &value.bits, sizeof number);
            return number;
        }
        case Bool: return value.bits != 0;
        case IntList: {
            auto* first = static_cast<int64_t*>(value.pointer);
            return std::vector<int64_t>(first, first + value.bits);
        }
        case TensorList: {
            c10::List<at::Tensor> list;
            for (int64_t i = 0; i < value.bits; i++) list.push_back(tensorAt(static_cast<void**>(value.pointer)[i]));
            return list;
        }
    }
    TORCH_CHECK(false, "unknown tag ", value.tag);
}

Value fromIValue(const c10::IValue& result, const char* name) {
    if (result.isTensor()) return {Tensor, 0, new at::Tensor(result.toTensor())};
    if (result.isBool()) return {Bool, result.toBool(), nullptr};
    TORCH_CHECK(false, name, " returned a ", result.tagKind(), ", which this shim does not hand on");
}

// Runs `body`; an exception becomes lastError and the value `failed`.
template <class Body>
auto guarded(decltype(std::declval<Body>()()) failed, Body body) {
    try {
        return body();
    } catch (const c10::Error& error) {
        lastError = error.what_without_backtrace();
    } catch (const std::exception& error) {
        lastError = error.what();
    }
    return failed;
}

} // namespace

// Looks up e.g. name "aten::add", overload "Tensor"; null if there is none (see last_error). Never freed: C# keeps them all.
EXPORT void* find(const char* name, const char* overload) {
    return guarded(static_cast<void*>(nullptr), [&]() -> void* {
        return new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
    });
}

// Calls an operator that `find` gave. Arguments left out at the end take the schema's defaults.
// Returns how many results were written, or -1 (see last_error).
EXPORT int call(void* found, const Value* arguments, int count, Value* results, int capacity) {
    return guarded(-1, [&] {
        const auto& op = *static_cast<c10::OperatorHandle*>(found);
        const auto& parameters = op.schema().arguments();
        const char* name = op.schema().name().c_str();
        torch::jit::Stack stack;
        for (int i = 0; i < count; i++) stack.push_back(toIValue(arguments[i]));
        for (size_t i = count; i < parameters.size(); i++) {
            TORCH_CHECK(parameters[i].default_value(), name, " needs an argument '", parameters[i].name(), "'");
            stack.push_back(*parameters[i].default_value());
        }
        op.callBoxed(&stack);
        TORCH_CHECK(stack.size() <= static_cast<size_t>(capacity), name, " returned ", stack.size(), " values");
        for (size_t i = 0; i < stack.size(); i++) results[i] = fromIValue(stack[i], name);
        return static_cast<int>(stack.size());
    });
}

EXPORT const char* last_error() { return lastError.c_str(); }

EXPORT void tensor_free(void* tensor) { delete static_cast<at::Tensor*>(tensor); }
EXPORT int64_t tensor_dim(void* tensor) { return tensorAt(tensor).dim(); }
EXPORT void tensor_sizes(void* tensor, int64_t* sizes) {
    auto source = tensorAt(tensor).sizes();
    std::copy(source.begin(), source.end(), sizes);
}
EXPORT int tensor_dtype(void* tensor) { return static_cast<int>(tensorAt(tensor).scalar_type()); }
EXPORT int tensor_is_contiguous(void* tensor) { return tensorAt(tensor).is_contiguous(); }
EXPORT void* tensor_data(void* tensor) {
    return guarded(static_cast<void*>(nullptr), [&] { return tensorAt(tensor).data_ptr(); });
}

EXPORT int tensor_requires_grad(void* tensor) { return tensorAt(tensor).requires_grad(); }
EXPORT void* tensor_grad(void* tensor) {
    const auto& grad = tensorAt(tensor).grad();
    return grad.defined() ? new at::Tensor(grad) : nullptr;
}
EXPORT void tensor_set_grad(void* tensor, void* grad) {
    tensorAt(tensor).mutable_grad() = grad ? tensorAt(grad) : at::Tensor();
}

EXPORT void manual_seed(int64_t seed) { at::manual_seed(static_cast<uint64_t>(seed)); }
EXPORT int set_num_threads(int threads) {
    return guarded(-1, [&] {
        at::set_num_threads(threads);
        // libtorch hands the number on to MKL; Debian's comes with OpenBLAS, which has threads of its own.
        using Set = void (*)(int);
        if (auto set = reinterpret_cast<Set>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(threads);
        return 0;
    });
}
EXPORT int get_num_threads() { return at::get_num_threads(); }
EXPORT int get_grad_enabled() { return c10::GradMode::is_enabled(); }
EXPORT void set_grad_enabled(int enabled) { c10::GradMode::set_enabled(enabled != 0); }

EXPORT const char* torch_version() { return TORCH_VERSION; }
EXPORT const char* torch_config() {
    text = at::show_config() + at::get_parallel_info();
    return text.c_str();
}
