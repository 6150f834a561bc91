<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>MainWindow</name>
    <message>
        <location filename="window.cpp" line="12"/>
        <source>Empty &amp;Trash</source>
        <translation>Müll&amp;eimer leeren</translation>
    </message>
    <message numerus="yes">
        <location filename="window.cpp" line="20"/>
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n Ordner</numerusform>
            <numerusform>%n Ordner</numerusform>
        </translation>
    </message>
    <message>
        <location filename="window.cpp" line="31"/>
        <source>Go to the &amp;home directory</source>
        <translation>Ins Home-&amp;Verzeichnis wechseln</translation>
    </message>
    <message>
        <location filename="window.cpp" line="40"/>
        <source>Delete this folder</source>
        <translation type="unfinished">Dieses Verzeichnis löschen</translation>
    </message>
</context>
</TS>
