using System.Collections.Frozen;

namespace RecordHub.Documents.Rtf;

/// <summary>Control words by what they do to the text.</summary>
internal static class RtfNames
{
    /// <summary>Destinations whose content a reader does not see.</summary>
    public static FrozenSet<string> Skipped { get; } = new[]
    {
        "stylesheet", "colortbl", "listtable", "listoverridetable", "revtbl", "rsidtbl", "filetbl", "themedata",
        "colorschememapping", "datastore", "latentstyles", "xmlnstbl", "generator", "mmathPr", "fldinst", "objdata", "objclass",
        "objname", "bkmkstart", "bkmkend", "nonshppict", "shprslt", "sp", "sn", "sv", "pn", "pnseclvl", "private", "userprops",
        "docvar", "wgrffmtfilter", "datafield", "formfield", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "xe", "tc",
        "annotationid", "atnid", "atnref", "atndate", "atntime", "atnparent", "atrfstart", "atrfend", "blipuid", "picprop", "passwordhash",
        "panose", "falt", "fontemb", "keywords", "operator", "company", "category", "doccomm", "subject", "manager", "hlinkbase",
        "revtim", "printim", "buptim", "protusertbl", "pgptbl", "mhtmltag", "htmltag", "keycode", "template", "password", "background",
        "fchars", "lchars", "listpicture", "nesttableprops", "oldcprops", "oldpprops", "oldsprops", "oldtprops", "do",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Destinations marked \* whose content a reader does see.</summary>
    public static FrozenSet<string> SeenThoughIgnorable { get; } = new[]
    {
        "shppict", "shpinst", "ud", "annotation", "atnauthor", "footnote", "fldrslt", "result", "pict", "bkmkcolf", "txfieldtext", "moveto",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words that stand for a character or a break.</summary>
    public static FrozenDictionary<string, string> Characters { get; } = new Dictionary<string, string>
    {
        ["par"] = "\n",
        ["line"] = "\n",
        ["row"] = "\n",
        ["nestrow"] = "\n",
        ["sect"] = "\n\n",
        ["page"] = "\f",
        ["column"] = "\n",
        ["softline"] = "\n",
        ["tab"] = "\t",
        ["cell"] = "\t",
        ["nestcell"] = "\t",
        ["emdash"] = "\u2014",
        ["endash"] = "\u2013",
        ["emspace"] = " ",
        ["enspace"] = " ",
        ["qmspace"] = " ",
        ["bullet"] = "\u2022",
        ["lquote"] = "\u2018",
        ["rquote"] = "\u2019",
        ["ldblquote"] = "\u201c",
        ["rdblquote"] = "\u201d",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>\fcharset numbers as code pages (RTF 1.9.1, "Font Table").</summary>
    public static int? CodePageOf(int charset) => charset switch
    {
        0 => 1252,
        77 => 10000,
        78 => 10001,
        79 => 10003,
        80 => 10008,
        81 => 10002,
        83 => 10005,
        84 => 10004,
        85 => 10006,
        86 => 10081,
        87 => 10021,
        88 => 10029,
        89 => 10007,
        128 => 932,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        254 => 437,
        255 => 850,
        _ => null,
    };
}
