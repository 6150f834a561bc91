<?xml version="1.0"?><!DOCTYPE TS><TS language="en" sourcelanguage="zh"><context><name>x</name>
<message numerus="yes"><source>南海(&amp;S) %n</source><translation><numerusform>South &amp;Sea</numerusform><numerusform></numerusform></translation></message>
<!-- termcheck: ignore[TRM102] -->
<message><source>南海<byte value="x1b"/></source><translation type="unfinished">South Sea</translation></message>
<message><source>上合组织</source><translation variants="yes"><lengthvariant>S&amp;CO</lengthvariant></translation></message></context></TS>
