using System.Xml;

namespace RecordHub.Core.Resources;

/// <summary>
/// Passes an XML document on down to a depth, and stops with an <see cref="XmlException"/> below it. The attributes <c>value</c> may
/// be passed on as something else.
/// </summary>
internal sealed class BoundedXmlReader(XmlReader inner, int maxDepth, Func<string, string>? ofValue = null) : XmlReader, IXmlLineInfo
{
    private readonly IXmlLineInfo? _lines = inner as IXmlLineInfo;

    public override int AttributeCount => inner.AttributeCount;

    public override string BaseURI => inner.BaseURI;

    public override int Depth => inner.Depth;

    public override bool EOF => inner.EOF;

    public override bool IsEmptyElement => inner.IsEmptyElement;

    public override string LocalName => inner.LocalName;

    public override string NamespaceURI => inner.NamespaceURI;

    public override XmlNameTable NameTable => inner.NameTable;

    public override XmlNodeType NodeType => inner.NodeType;

    public override string Prefix => inner.Prefix;

    public override ReadState ReadState => inner.ReadState;

    public override string Value =>
        ofValue is not null && inner is { NodeType: XmlNodeType.Attribute, LocalName: "value" } ? ofValue(inner.Value) : inner.Value;

    public int LineNumber => _lines?.LineNumber ?? 0;

    public int LinePosition => _lines?.LinePosition ?? 0;

    public override bool Read()
    {
        bool more = inner.Read();
        if (inner.Depth > maxDepth)
        {
            throw new XmlException("Elements are nested deeper than allowed.", null, LineNumber, LinePosition);
        }

        return more;
    }

    public override string GetAttribute(int i) => inner.GetAttribute(i);

    public override string? GetAttribute(string name) =>
        inner.GetAttribute(name) is { } text && name == "value" && ofValue is not null ? ofValue(text) : inner.GetAttribute(name);

    public override string? GetAttribute(string name, string? namespaceURI) => inner.GetAttribute(name, namespaceURI);

    public override string? LookupNamespace(string prefix) => inner.LookupNamespace(prefix);

    public override bool MoveToAttribute(string name) => inner.MoveToAttribute(name);

    public override bool MoveToAttribute(string name, string? ns) => inner.MoveToAttribute(name, ns);

    public override bool MoveToElement() => inner.MoveToElement();

    public override bool MoveToFirstAttribute() => inner.MoveToFirstAttribute();

    public override bool MoveToNextAttribute() => inner.MoveToNextAttribute();

    public override bool ReadAttributeValue() => inner.ReadAttributeValue();

    public override void ResolveEntity() => inner.ResolveEntity();

    public bool HasLineInfo() => _lines?.HasLineInfo() ?? false;
}
