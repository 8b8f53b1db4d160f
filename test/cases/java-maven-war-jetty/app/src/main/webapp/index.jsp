<%@ page contentType="text/html;charset=UTF-8" %>
<p>One and one is <%= 1 + 1 %></p>
