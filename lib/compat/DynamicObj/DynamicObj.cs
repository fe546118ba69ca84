using System.Dynamic;
using System.Reflection;

namespace DynamicObj;

/// <summary>
/// An object whose properties are named at run time. Properties declared by a derived class (a trace's <c>type</c>)
/// come first under the same names: setting, reading and listing see both kinds as one.
/// </summary>
public class DynamicObj : DynamicObject
{
    readonly Dictionary<string, object> properties = [];

    /// <summary>Sets a property, adding it after the others if it is new.</summary>
    /// <exception cref="ArgumentException">A declared property cannot be written, or not with a value of this type.</exception>
    public void SetValue<c>(string name, c value)
    {
        if (Declared(name) is { } property)
            property.SetValue(this, value);
        else
            properties[name] = value;
    }

    /// <summary>Removes a property (a declared one is set to null instead); false if there is none of that name.</summary>
    public bool Remove(string name)
    {
        if (Declared(name) is not { } property)
            return properties.Remove(name);
        property.SetValue(this, null);
        return true;
    }

    /// <summary>The properties in order, the declared ones (if asked for) before those added at run time.</summary>
    public IEnumerable<KeyValuePair<string, object>> GetProperties(bool includeInstanceProperties)
    {
        var declared = includeInstanceProperties ? GetType().GetProperties() : [];
        return declared.Select(p => KeyValuePair.Create(p.Name, p.GetValue(this))).Concat(properties);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> GetDynamicMemberNames() => GetProperties(true).Select(p => p.Key);

    /// <inheritdoc/>
    public override bool TryGetMember(GetMemberBinder binder, out object result) => properties.TryGetValue(binder.Name, out result);

    /// <inheritdoc/>
    public override bool TrySetMember(SetMemberBinder binder, object value)
    {
        SetValue(binder.Name, value);
        return true;
    }

    PropertyInfo Declared(string name) => GetType().GetProperty(name);
}
